import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import type { paths } from '../../src/lib/api/schema.gen'
import createClient from 'openapi-fetch'

/** The users of the demo bank, by what they are. */
export const kinds = [
  'hrAdmin', 'hrOfficer', 'branchManager', 'outletManager', 'teamLeader', 'member', 'trainer', 'auditor', 'system', 'security',
] as const
export type Kind = (typeof kinds)[number]

interface Account {
  username: string
  password: string
}

const cookie = '__Host-steelyard'

function setting(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set: the tests are started by playwright`)
  return value
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('there is no port')
  return address.port
}

/** A bank with a server of its own. */
export class Bank {
  readonly url: string
  /** What the server said; for tests that fail. */
  readonly log: () => string
  readonly #folder: string
  readonly #port: number
  #process: ChildProcess | undefined
  #accounts: readonly Account[] = []
  readonly #sessions = new Map<string, Promise<string>>()

  private constructor(folder: string, port: number) {
    this.#folder = folder
    this.#port = port
    this.url = `http://127.0.0.1:${port}`
    this.log = () => readFileSync(join(folder, 'server.log'), 'utf8')
  }

  /** Starts a server over a fresh copy of the demo bank, or over an empty one. */
  static async start({ empty = false } = {}): Promise<Bank> {
    const folder = mkdtempSync(join(setting('BROWSER_RUN'), 'bank-'))
    if (!empty) copyFileSync(join(setting('BROWSER_DEMO'), 'bank.db'), join(folder, 'bank.db'))
    const bank = new Bank(folder, await freePort())
    await bank.resume(empty)
    return bank
  }

  /**
   * Starts the server again, over the same bank and at the same address. The demo
   * completes a month that lacks its run; `plainly` it is the server alone.
   */
  async resume(plainly = false): Promise<void> {
    const log = openSync(join(this.#folder, 'server.log'), 'a')
    const database = ['--db', join(this.#folder, 'bank.db')]
    const address = `127.0.0.1:${this.#port}`
    const args = plainly ? ['serve', ...database, '--listen', address] : ['demo', ...database, '--out', setting('BROWSER_DEMO'), '--serve', address]
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('STEELYARD_')))
    this.#process = spawn(setting('BROWSER_PROGRAM'), args, { stdio: ['ignore', log, log], env: { ...env, STEELYARD_LANG: 'en' } })
    for (const begin = Date.now(); !(await this.#isReady()); await new Promise((done) => setTimeout(done, 25))) {
      if (this.#process.exitCode !== null || Date.now() - begin > 30_000) throw new Error(`the server did not start:\n${this.log()}`)
    }
    const about = await this.api().GET('/about')
    if (about.data?.accounts?.length) this.#accounts = about.data.accounts
  }

  async #isReady(): Promise<boolean> {
    return fetch(`${this.url}/readyz`).then((answer) => answer.ok, () => false)
  }

  /** Stops the server; the bank stays, and `resume` goes on with it. */
  async stop(): Promise<void> {
    const ended = this.#process && this.#process.exitCode === null && once(this.#process, 'exit')
    this.#process?.kill('SIGTERM')
    await ended
  }

  /** Ends the server as a power cut would: it finishes nothing. */
  async kill(): Promise<void> {
    const ended = this.#process && this.#process.exitCode === null && once(this.#process, 'exit')
    this.#process?.kill('SIGKILL')
    await ended
  }

  /** Stops the server and throws the bank away. */
  async close(): Promise<void> {
    await this.stop()
    rmSync(this.#folder, { recursive: true, force: true })
  }

  /** How a kind of user signs in. */
  account(kind: Kind): Account {
    const account = this.#accounts[kinds.indexOf(kind)]
    if (!account) throw new Error(`the bank has no ${kind}`)
    return account
  }

  /** A session of a user, made over the API and kept while the bank lasts. */
  session(account: Account): Promise<string> {
    const held = this.#sessions.get(account.username)
    if (held) return held
    const made = this.signIn(account)
    this.#sessions.set(account.username, made)
    return made
  }

  /** A session of its own: one that may be ended without ending those of others. */
  async signIn({ username, password }: Account): Promise<string> {
    const answer = await fetch(`${this.url}/api/v1/sign-in`, {
      method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ username, password }),
    })
    const value = answer.headers.getSetCookie().find((line) => line.startsWith(`${cookie}=`))?.split(';')[0]?.slice(cookie.length + 1)
    if (!value) throw new Error(`${username} cannot sign in: ${answer.status} ${await answer.text()}`)
    return value
  }

  /** The API, typed by its contract, as a kind of user; for what a test sets up or looks up beside the page. */
  async as(kind: Kind) {
    return this.api(await this.session(this.account(kind)))
  }

  /** The API with a session, or with none. Answers that are problems throw. */
  api(session?: string) {
    const client = createClient<paths>({ baseUrl: `${this.url}/api/v1`, headers: session ? { Cookie: `${cookie}=${session}` } : {} })
    client.use({
      async onResponse({ request, response }) {
        if (!response.ok) throw new Error(`${request.method} ${request.url}: ${response.status} ${await response.clone().text()}`)
      },
    })
    return client
  }

  /** The months of the bank: those published, latest first, and the one that is open. */
  async months(): Promise<{ open: string; published: string[] }> {
    const { data } = await (await this.as('hrAdmin')).GET('/periods', { params: { query: { limit: 100 } } })
    const of = (...states: string[]) => (data?.items ?? []).filter((p) => states.includes(p.state)).map((p) => p.code).sort().reverse()
    return { open: of('collecting', 'scoring')[0] ?? '', published: of('published', 'closed') }
  }

  /** The session as the browser keeps it. */
  cookies(session: string) {
    return [{ name: cookie, value: session, domain: '127.0.0.1', path: '/', secure: true, httpOnly: true, sameSite: 'Lax' as const }]
  }
}
