import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Bank, Kind } from './bank'

/** A page of the application as tests visit it. */
export interface Route {
  /** As the router writes it. */
  path: string
  /** Who opens it; nobody where it stands before the sign-in. */
  kind: Kind | undefined
  /** The address, with what it names; left out where the path is one already. */
  at?: (bank: Bank) => Promise<string> | string
  /** It has rows that open a drawer. */
  drawer?: boolean
  /** It has something to choose from a list that drops down. */
  choice?: boolean
  /** It has a grid that is written into. */
  grid?: boolean
  /** It has the rows of the whole bank, which are the same many times: those of one outlet will do. */
  many?: boolean
  /** It shows records as they are kept, letter by letter. */
  record?: boolean
  /** It has no list that could be empty, and nothing that could fail to be read. */
  fixed?: boolean
}

const published = async (bank: Bank, path: string) => `${path}?period=${(await bank.months()).published[0]}`
const open = async (bank: Bank, path: string) => `${path}?period=${(await bank.months()).open}`
const scorecard = async (bank: Bank, end = '') => {
  const { data } = await (await bank.as('hrAdmin')).GET('/scorecards', { params: { query: { limit: 1 } } })
  return `/scorecards/${encodeURIComponent(data?.items[0]?.code ?? '')}${end}`
}

/** The same page for the outlet of the member. */
async function ofOutlet(bank: Bank, address: string): Promise<string> {
  const { data } = await (await bank.as('hrAdmin')).GET('/staff/{staff_no}', { params: { path: { staff_no: bank.account('member').username } } })
  return `${address}${address.includes('?') ? '&' : '?'}unit=${data?.assignments[0]?.unit}`
}

/** A job that is over: an export of the latest month. */
async function job(bank: Bank): Promise<string> {
  const api = await bank.as('hrAdmin')
  const had = await api.GET('/jobs', { params: { query: { limit: 1 } } })
  if (had.data?.items[0]) return `/jobs/${had.data.items[0].id}`
  const [period = ''] = (await bank.months()).published
  const { data } = await api.POST('/periods/{period}/exports', { params: { path: { period }, header: { 'Idempotency-Key': crypto.randomUUID() } }, body: {} })
  return `/jobs/${data?.id}`
}

async function batch(bank: Bank): Promise<string> {
  const { data } = await (await bank.as('hrAdmin')).GET('/batches', { params: { query: { limit: 1 } } })
  return `/batches/${data?.items[0]?.id}`
}

async function lineage(bank: Bank): Promise<string> {
  return `${await published(bank, '/audit/lineage')}&person=${bank.account('member').username}`
}

const onPaper = async (bank: Bank, kind: string) => `/print/${kind}/${(await bank.months()).published[0]}/${bank.account('member').username}`

/** Every page that there is. A route of the router that is missing here fails a test. */
export const routes: readonly Route[] = [
  { path: '/sign-in', kind: undefined, fixed: true },
  { path: '/password', kind: undefined, fixed: true },
  { path: 'home', kind: 'hrAdmin', choice: true },
  { path: 'periods', kind: 'hrAdmin' },
  { path: 'periods/:period', kind: 'hrAdmin', at: async (bank) => open(bank, `/periods/${(await bank.months()).open}`) },
  { path: 'runs', kind: 'hrAdmin', at: (bank) => published(bank, '/runs') },
  { path: 'runs/compare', kind: 'hrAdmin', at: (bank) => published(bank, '/runs/compare') },
  { path: 'results', kind: 'hrAdmin', at: (bank) => published(bank, '/results'), drawer: true, choice: true, many: true },
  { path: 'imports', kind: 'hrAdmin', choice: true },
  { path: 'imports/new', kind: 'hrAdmin', choice: true },
  { path: 'batches/:id', kind: 'hrAdmin', at: batch, record: true },
  { path: 'data', kind: 'hrAdmin', at: (bank) => published(bank, '/data') },
  { path: 'assignments', kind: 'hrAdmin', at: (bank) => published(bank, '/assignments'), choice: true, many: true },
  { path: 'targets', kind: 'hrAdmin', at: (bank) => open(bank, '/targets'), grid: true, many: true },
  { path: 'reviews', kind: 'hrAdmin', at: (bank) => open(bank, '/reviews'), choice: true },
  { path: 'users', kind: 'system', drawer: true, choice: true },
  { path: 'grants', kind: 'security', choice: true },
  { path: 'roles', kind: 'security' },
  { path: 'responsibilities', kind: 'security' },
  { path: 'access', kind: 'security', choice: true },
  { path: 'audit', kind: 'auditor', record: true, drawer: true, choice: true },
  { path: 'audit/lineage', kind: 'auditor', at: lineage },
  { path: 'me/scorecard', kind: 'member', at: (bank) => published(bank, '/me/scorecard') },
  { path: 'me/scorecard/what-if', kind: 'member', at: (bank) => published(bank, '/me/scorecard/what-if') },
  { path: 'me/history', kind: 'member' },
  { path: 'me/settings', kind: 'member', record: true },
  { path: 'team', kind: 'branchManager', at: (bank) => published(bank, '/team'), choice: true },
  { path: 'team/reviews', kind: 'outletManager', at: (bank) => open(bank, '/team/reviews'), grid: true },
  { path: '/print/scorecard/:period/:staff', kind: 'member', at: (bank) => onPaper(bank, 'scorecard') },
  { path: '/print/interview/:period/:staff', kind: 'outletManager', at: (bank) => onPaper(bank, 'interview') },
  { path: '/print/team/:period', kind: 'outletManager', at: async (bank) => `/print/team/${(await bank.months()).published[0]}` },
  { path: 'scorecards', kind: 'hrAdmin' },
  { path: 'scorecards/:code', kind: 'hrAdmin', at: scorecard, choice: true },
  { path: 'scorecards/:code/difference', kind: 'hrAdmin', at: (bank) => scorecard(bank, '/difference'), choice: true },
  { path: 'scorecards/:code/simulation', kind: 'hrAdmin', at: (bank) => scorecard(bank, '/simulation'), choice: true },
  { path: 'metric-library', kind: 'hrAdmin' },
  { path: 'rubrics', kind: 'hrAdmin' },
  { path: 'staff', kind: 'hrAdmin', drawer: true, choice: true, many: true },
  { path: 'units', kind: 'hrAdmin', drawer: true },
  { path: 'jobs', kind: 'hrAdmin', choice: true },
  { path: 'jobs/:id', kind: 'hrAdmin', at: job },
  { path: 'help', kind: 'outletManager', fixed: true },
  { path: 'help/glossary', kind: 'member', fixed: true },
  { path: 'help/shortcuts', kind: 'member', fixed: true },
  { path: '*', kind: 'member', at: () => '/nowhere', fixed: true },
]

/** Where a route is visited; `whole` with the rows of the whole bank. */
export async function addressOf(route: Route, bank: Bank, whole = false): Promise<string> {
  const address = (await route.at?.(bank)) ?? (route.path.startsWith('/') ? route.path : `/${route.path}`)
  return route.many && !whole ? ofOutlet(bank, address) : address
}

/** What a route is called in a file's name. */
export const nameOf = (route: Route): string => (route.path === '*' ? 'nowhere' : route.path.replace(/[/:]+/g, '-').replace(/^-/, ''))

/** The paths that the router has, read from its text. */
export function routerPaths(): string[] {
  const text = readFileSync(join(import.meta.dirname, '../../src/routes/router.tsx'), 'utf8')
  return [...text.matchAll(/\{ path: '([^']+)'/g)].map((match) => match[1] ?? '')
}

/** The routes that the router has now. */
export function present(): Route[] {
  const paths = new Set(routerPaths())
  return routes.filter((route) => paths.has(route.path))
}
