import createClient, { type Middleware } from 'openapi-fetch'
import { currentLanguage } from '../text/language'
import { Unreachable, problemOf } from './problem'
import type { paths } from './schema.gen'

/** Whoever can bring a session back: it resolves when the user is signed in again. */
let renew: (() => Promise<void>) | undefined

/** Says who brings a session back that has ended; requests wait for it and are then sent again. */
export function onSessionEnd(handler: (() => Promise<void>) | undefined): void {
  renew = handler
}

/** Operations that answer 401 for another reason than a session that ended. */
const ownRefusals = ['/api/v1/sign-in', '/api/v1/sign-out', '/api/v1/secrets/redeem', '/api/v1/me/password']

async function send(request: Request): Promise<Response> {
  const again = request.clone()
  const response = await reach(request)
  const asked = new URL(request.url).pathname
  if (response.status !== 401 || !renew || ownRefusals.includes(asked)) return response
  await renew()
  return send(again)
}

/** Whoever says that the server cannot be reached. */
let lost: (() => void) | undefined

/** Says who is told when a request does not reach the server. */
export function onConnectionLost(handler: (() => void) | undefined): void {
  lost = handler
}

/** Whether the server answers, and is ready. */
export const isReady = (): Promise<boolean> => fetch('/readyz', { cache: 'no-store' }).then((answer) => answer.ok, () => false)

async function reach(request: Request): Promise<Response> {
  try {
    return await fetch(request)
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    lost?.()
    throw new Unreachable('the server cannot be reached', { cause: error })
  }
}

const words: Middleware = {
  onRequest({ request }) {
    request.headers.set('Accept-Language', currentLanguage() === 'zh' ? 'zh-CN' : 'en')
    return request
  },
  async onResponse({ response }) {
    if (!response.ok) throw await problemOf(response)
  },
}

/**
 * The API, typed by its contract. A call gives `data` or throws: a Problem that
 * the server answered, or Unreachable.
 */
export const api = createClient<paths>({ baseUrl: '/api/v1', fetch: send })
api.use(words)

/** A key that makes a creating post safe to send twice. */
export const once = (): { 'Idempotency-Key': string } => ({ 'Idempotency-Key': crypto.randomUUID() })
