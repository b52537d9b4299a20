import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { components } from '../../src/lib/api/schema.gen'
import type { Bank } from './bank'
import { workbookRows } from './workbook'

/** The month of a bank of 240 members, as its files say it, with the results that it must have. */
export const files = join(import.meta.dirname, '../../../cli/testdata/q-bank')
export const month = '2026-10'
export const password = 'Correct-Harbour-Violin-71'

const rowsOf = (name: string): string[][] => workbookRows(readFileSync(join(files, name))).slice(1)

type Api = ReturnType<Bank['api']>

/** What the program said at its start: the secret for the first security administrator. */
function bootstrap(bank: Bank): string {
  const secret = /^ {2}(\S{16,})$/m.exec(bank.log())?.[1]
  if (!secret) throw new Error(`no secret for the first administrator:\n${bank.log()}`)
  return secret
}

/** The administrators of an empty bank, made as a bank would: each through the one before. */
export async function administrators(bank: Bank): Promise<{ security: Api; system: Api }> {
  await bank.api().POST('/secrets/redeem', { body: { secret: bootstrap(bank), password, username: 'security' } })
  const security = bank.api(await bank.session({ username: 'security', password }))
  await user(bank, security, 'sysop')
  const system = bank.api(await bank.session({ username: 'sysop', password }))
  await user(bank, system, 'hr-office')
  await grant(security, 'hr-office', 'hr_admin', 'HEAD-OFFICE')
  return { security, system }
}

/** Creates a user, who then sets their password as they would. */
export async function user(bank: Bank, by: Api, username: string, staffNo?: string): Promise<void> {
  const made = await by.POST('/users', { body: { username, staff_no: staffNo } })
  await bank.api().POST('/secrets/redeem', { body: { secret: made.data?.invitation?.secret ?? '', password } })
}

export async function grant(security: Api, username: string, role: string, unit: string): Promise<void> {
  await security.POST('/grants', { body: { username, role, unit, from: '2026-01-01', reason: 'appointed' } })
}

interface Rating { staff: string; item: string; role: string; level: string; comment: string; unit: string }

/** The reviews of the month, by who gives them; a row without a unit is about where the member was hired. */
function ratings(): Map<string, Rating[]> {
  const home = new Map(rowsOf('staff.xlsx').map(([no = '', , unit = '']) => [no, unit]))
  const by = new Map<string, Rating[]>()
  for (const [, staff = '', item = '', role = '', rater = '', level = '', comment = '', unit = ''] of rowsOf('reviews.xlsx')) {
    const name = rater.toLowerCase()
    by.set(name, [...(by.get(name) ?? []), { staff, item, role, level, comment: comment || (level === '5' || level === '1' ? '本月表现有目共睹' : ''), unit: unit || (home.get(staff) ?? '') }])
  }
  return by
}

/** Gives everybody who reviews a user, and a role where they work. */
export async function appoint(bank: Bank, { security, system }: { security: Api; system: Api }): Promise<void> {
  const units = new Map<string, Set<string>>()
  for (const [no = '', , unit = ''] of rowsOf('staff.xlsx')) units.set(no, new Set([unit]))
  for (const [no = '', unit = ''] of rowsOf('assignments.xlsx')) units.get(no)?.add(unit)
  await eachOf([...ratings()], async ([name, given]) => {
    const of = units.get(name)
    await user(bank, system, name, of && name)
    if (of) for (const unit of of) await grant(security, name, 'relationship_manager', unit)
    else await grant(security, name, 'branch_manager', given[0]?.unit ?? '')
  })
}

/** Has managers and peers write and submit what they think, each as the user they are. */
export async function review(bank: Bank): Promise<void> {
  await eachOf([...ratings()], async ([name, given]) => {
    const as = bank.api(await bank.session({ username: name, password }))
    const cells = given.map(({ staff, ...cell }) => ({ staff_no: staff, version: 0, ...cell }))
    const saved = await as.PUT('/periods/{period}/review-grid', { params: { path: { period: month } }, body: { cells } })
    if (saved.data?.refused !== 0) throw new Error(`${name}: ${JSON.stringify(saved.data)}`)
    await as.POST('/periods/{period}/review-grid/submit', { params: { path: { period: month } }, body: {} })
  })
}

/** Does something for each, a few at a time. */
async function eachOf<T>(all: T[], act: (one: T) => Promise<void>): Promise<void> {
  const queue = [...all]
  await Promise.all(Array.from({ length: 6 }, async () => {
    for (let one = queue.shift(); one !== undefined; one = queue.shift()) await act(one)
  }))
}

export type Result = components['schemas']['Result']

/** What everybody's result must be, in the order of staff numbers. */
export function expectedResults(): (Pick<Result, 'status' | 'base' | 'bonus' | 'deduction' | 'total' | 'grade' | 'coefficient' | 'rank' | 'peers'> & { id: string })[] {
  return (JSON.parse(readFileSync(join(files, 'expected.json'), 'utf8')) as { staff: ReturnType<typeof expectedResults> }).staff
}
