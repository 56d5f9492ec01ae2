/** What the API says is wrong (RFC 9457). */
export interface Problem {
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly requestId?: string;
  readonly errors?: readonly { readonly field: string; readonly value: string; readonly expected: string }[];
}

export class AskFailed extends Error {
  override readonly name = 'AskFailed';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(`${problem.title}: ${problem.detail}`);
    this.problem = problem;
  }
}

/** @throws AskFailed where the API answers with a problem, or not at all */
export async function held(asked: Promise<Response>): Promise<Response> {
  const response = await asked.catch((error: Error) => {
    // Whoever went on to another page waits no longer.
    if (error.name === 'AbortError') throw error;
    throw new AskFailed({
      title: 'The API does not answer',
      status: 0,
      detail: 'Figures are asked for again by themselves.',
    });
  });
  if (response.ok) return response;
  const problem = response.headers.get('content-type')?.startsWith('application/problem+json')
    ? ((await response.json()) as Problem)
    : { title: 'The request failed', status: response.status, detail: response.statusText };
  throw new AskFailed(problem);
}
