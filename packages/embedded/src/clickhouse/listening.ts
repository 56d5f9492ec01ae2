/** What the process writes to its log when it has the port: only from then on is an answer there its own. */
export const LISTENING = 'Tocsin ClickHouse is listening';
