/** The namespace of every DUIS element, of all schema versions. */
export const DUIS_NAMESPACE = 'http://www.dccinterface.co.uk/ServiceUserGateway';
