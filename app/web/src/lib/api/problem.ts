import type { components } from './schema.gen'

type Body = components['schemas']['Problem']

/** What the server answers instead of what was asked for: in the user's words, with a stable code. */
export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly requestId: string | undefined
  readonly places: NonNullable<Body['problems']>
  readonly current: Body['current']

  constructor(body: Body) {
    super(body.title)
    this.status = body.status
    this.code = body.code
    this.requestId = body.request_id
    this.places = body.problems ?? []
    this.current = body.current
  }
}

/** The server was not reached: nobody knows whether it has done what was asked. */
export class Unreachable extends Error {}

export const isProblem = (error: unknown, ...codes: string[]): error is Problem =>
  error instanceof Problem && (codes.length === 0 || codes.includes(error.code))

/** Reads the problem of an answer, also of one that something between wrote. */
export async function problemOf(response: Response): Promise<Problem> {
  try {
    const body = (await response.clone().json()) as Body
    if (typeof body.code === 'string') return new Problem(body)
  } catch {
    // It is not one of the server's own answers.
  }
  return new Problem({ status: response.status, code: `http.${response.status}`, title: `HTTP ${response.status}` })
}
