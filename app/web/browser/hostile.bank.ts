import type { Bank } from './harness'
import { every } from './harness/every'
import { hostile } from './harness/hostile'

type Api = Awaited<ReturnType<Bank['as']>>

/** Texts with characters that cannot be seen may be refused; all others must be kept as they are. */
export const visible = hostile.filter((text) => !/[\p{Cc}\p{Cf}]/u.test(text))

const first = (text: string, most: number) => [...text].slice(0, most).join('')
const nth = (i: number) => visible[i % visible.length] ?? ''
const key = () => ({ 'Idempotency-Key': crypto.randomUUID() })

const everybody = (officer: Api) => every((query) => officer.GET('/staff', { params: { query } }))
const everywhere = (officer: Api) => every((query) => officer.GET('/units', { params: { query } }))

/** What was handed to the API, and what it gave back afterwards, by where it stands. */
export type Kept = Record<string, { given: string[]; back: string[] }>

async function comments(bank: Bank, manager: Api): Promise<Kept[string]> {
  const path = { period: (await bank.months()).open }
  const read = async () => (await manager.GET('/periods/{period}/review-grid', { params: { path, query: { limit: 100 } } })).data?.rows ?? []
  const rows = await read()
  const had = new Map(rows.flatMap((row) => row.cells.map((cell) => [`${row.staff_no} ${row.unit} ${row.role} ${cell.item}`, cell])))
  const cells = rows.flatMap((row) => row.items.map((item) => ({ row, item, cell: had.get(`${row.staff_no} ${row.unit} ${row.role} ${item}`) })))
    .filter(({ cell }) => (cell?.state ?? 'draft') === 'draft').slice(0, visible.length)
  const changes = cells.map(({ row, item, cell }, i) => ({
    staff_no: row.staff_no, unit: row.unit, position: row.position, item, role: row.role, level: '3', comment: nth(i), version: cell?.version ?? 0,
  }))
  await manager.PUT('/periods/{period}/review-grid', { params: { path }, body: { cells: changes } })
  return { given: changes.map(({ comment }) => comment), back: (await read()).flatMap((row) => row.cells.map(({ comment }) => comment ?? '')) }
}

async function views(officer: Api): Promise<Kept[string]> {
  const given = visible.map((text) => first(text, 100))
  for (const name of given) await officer.POST('/me/views', { params: { header: key() }, body: { page: 'results', name, query: '' } })
  return { given, back: ((await officer.GET('/me/views', { params: { query: { page: 'results' } } })).data?.items ?? []).map(({ name }) => name) }
}

async function metrics(officer: Api): Promise<Kept[string]> {
  const given = visible.map((text) => first(text, 200))
  for (const [i, name] of given.entries()) {
    await officer.PUT('/metrics/{metric}', { params: { path: { metric: `h${i}` } }, body: { name, unit_of_measure: first(name, 40), decimals: 2, version: 0 } })
  }
  return { given, back: (await every((query) => officer.GET('/metrics', { params: { query } }))).map(({ name }) => name) }
}

async function rubric(officer: Api): Promise<Kept[string]> {
  const both = (text: string) => ({ zh: text, en: text })
  const levels = visible.map((text, i) => ({ level: String(i + 1), name: both(first(text, 100)), description: both(text) }))
  await officer.PUT('/rubrics/{rubric}', { params: { path: { rubric: 'a-hostile' } }, body: { name: both(nth(0)), levels, version: 0 } })
  const { data } = await officer.GET('/rubrics/{rubric}', { params: { path: { rubric: 'a-hostile' } } })
  return { given: [...visible], back: (data?.levels ?? []).map(({ description, name }) => (description?.zh.startsWith(name.zh) ? description.zh : '')) }
}

/** Grants of one day each. */
async function grants(bank: Bank, security: Api): Promise<Kept[string]> {
  const { username } = bank.account('trainer')
  for (const [i, reason] of visible.entries()) {
    const on = new Date(Date.UTC(2028, 0, 1 + i)).toISOString().slice(0, 10)
    await security.POST('/grants', { params: { header: key() }, body: { username, role: 'branch_manager', unit: 'B0103', from: on, until: on, reason } })
  }
  return { given: [...visible], back: (await every((query) => security.GET('/grants', { params: { query: { ...query, user: username } } }))).map(({ reason }) => reason ?? '') }
}

async function roles(security: Api): Promise<Kept[string]> {
  const had = ((await security.GET('/roles')).data?.items ?? []).filter(({ code }) => code !== 'security_admin') // nobody changes the role that they hold
  for (const [i, { code, lines, version }] of had.entries()) {
    await security.PUT('/roles/{role}', { params: { path: { role: code } }, body: { name: { zh: nth(2 * i), en: nth(2 * i + 1) }, lines, version } })
  }
  const now = (await security.GET('/roles')).data?.items ?? []
  return { given: visible.slice(0, 2 * had.length), back: now.flatMap(({ name }) => [name.zh, name.en]) }
}

/** A draft in which everything that has a name is called something hostile. */
async function scorecard(officer: Api): Promise<Kept[string]> {
  const [card] = (await officer.GET('/scorecards', { params: { query: { limit: 1 } } })).data?.items ?? []
  const code = card?.code ?? ''
  const numbers = (await officer.GET('/scorecards/{scorecard}/versions', { params: { path: { scorecard: code }, query: { limit: 20 } } })).data?.items ?? []
  const last = Math.max(...numbers.map(({ number }) => number))
  const version = (number: number) => officer.GET('/scorecards/{scorecard}/versions/{number}', { params: { path: { scorecard: code, number } } })
  const given: string[] = []
  const renamed = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(renamed)
    if (typeof value !== 'object' || value === null) return value
    if ('zh' in value && 'en' in value) {
      given.push(nth(given.length))
      return { zh: given.at(-1), en: given.at(-1) }
    }
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, renamed(inner)]))
  }
  const definition = renamed((await version(last)).data?.definition) as Record<string, unknown>
  const draft = await officer.PUT('/scorecards/{scorecard}/draft', { params: { path: { scorecard: code } }, body: { definition } })
  const back: string[] = []
  const gather = (value: unknown): void => {
    if (typeof value === 'string') back.push(value)
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(gather)
  }
  gather((await version(draft.data?.number ?? 0)).data?.definition)
  return { given, back }
}

/** Takes a file in, as an upload does, and waits until that is done. */
async function takeIn(bank: Bank, officer: Api, kind: string, name: string, rows: string[][]): Promise<void> {
  const form = new FormData()
  form.append('kind', kind)
  const cell = (text: string) => `"${text.replaceAll('"', '""')}"`
  form.append('file', new File([`\uFEFF${rows.map((row) => row.map(cell).join(',')).join('\n')}\n`], name, { type: 'text/csv' }))
  const [{ name: cookie, value } = { name: '', value: '' }] = bank.cookies(await bank.session(bank.account('hrAdmin')))
  const answer = await fetch(`${bank.url}/api/v1/imports`, {
    method: 'POST', body: form, headers: { Cookie: `${cookie}=${value}`, 'X-Requested-With': 'steelyard', ...key() },
  })
  const job = (await answer.json()) as { id: number }
  if (!answer.ok) throw new Error(`${kind}: ${JSON.stringify(job)}`)
  for (;;) {
    const { data } = await officer.GET('/jobs/{id}', { params: { path: { id: job.id } } })
    if (data?.state === 'done') return
    if (data?.state === 'failed' || data?.state === 'cancelled') throw new Error(`${kind}: ${JSON.stringify(data)}`)
    await new Promise((go) => setTimeout(go, 50))
  }
}

/** The members of the outlet whose manager looks at them, and others, get hostile names. */
async function staff(bank: Bank, officer: Api, manager: Api): Promise<Kept[string]> {
  const own = bank.account('hrAdmin').username
  const { data: grid } = await manager.GET('/periods/{period}/review-grid', { params: { path: { period: (await bank.months()).open }, query: { limit: 100 } } })
  const team = new Set([...(grid?.rows ?? []).map((row) => row.staff_no), bank.account('member').username])
  const others = (await everybody(officer)).filter(({ staff_no, assignments }) => staff_no !== own && assignments.length === 1)
  const chosen = [...others.filter(({ staff_no }) => team.has(staff_no)), ...others.filter(({ staff_no }) => !team.has(staff_no))].slice(0, visible.length)
  const given = chosen.map((_, i) => first(nth(i), 200))
  const rows = chosen.map(({ staff_no, hired_on, assignments: [only] }, i) => [staff_no, given[i] ?? '', only?.unit ?? '', only?.position ?? '', hired_on])
  await takeIn(bank, officer, 'staff', '<img src=x onerror=window.hit=1>.csv', [['工号', '姓名', '机构代码', '岗位', '入职日期'], ...rows])
  return { given, back: (await everybody(officer)).map(({ name }) => name) }
}

async function units(bank: Bank, officer: Api): Promise<Kept[string]> {
  const had = (await everywhere(officer)).filter(({ parent, closed_on }) => parent && !closed_on)
  const given = had.map((_, i) => first(nth(visible.length - 2 - i), 200))
  const rows = had.map(({ code, parent, level }, i) => [code, given[i] ?? '', parent ?? '', level])
  await takeIn(bank, officer, 'units', `"><script>window.hit=1<${'/'}script>.csv`, [['机构代码', '机构名称', '上级机构', '层级'], ...rows])
  return { given, back: (await everywhere(officer)).map(({ name }) => name) }
}

/** Puts hostile texts wherever the API takes a text that pages show. */
export async function fill(bank: Bank): Promise<Kept> {
  const [officer, manager, security] = [await bank.as('hrAdmin'), await bank.as('outletManager'), await bank.as('security')]
  return {
    comments: await comments(bank, manager),
    staff: await staff(bank, officer, manager),
    units: await units(bank, officer),
    views: await views(officer),
    metrics: await metrics(officer),
    rubric: await rubric(officer),
    grants: await grants(bank, security),
    roles: await roles(security),
    scorecard: await scorecard(officer),
  }
}
