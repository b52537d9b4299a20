import type { Bank } from './harness'

/** The items of a review of five. */
export const five = ['daily_work', 'teamwork', 'service', 'initiative', 'discipline']

const roles = [{ role: 'manager', weight: '100' }]

/** Gives every scorecard of a bank five items that managers rate, so that the large outlet has 59 people × 5. */
export async function rateFive(bank: Bank): Promise<void> {
  const hr = await bank.as('hrAdmin')
  const perspectives = [{
    key: 'work', name: { zh: '工作表现', en: 'Work' },
    items: five.map((key) => ({
      key, name: { zh: `项目${key}`, en: key }, weight: '20', source: 'rating', missing: 'require', method: { type: 'direct' },
      rating: { levels: { 5: '100', 4: '85', 3: '70', 2: '50', 1: '0' }, roles },
    })),
  }]
  for (const scorecard of ['teller', 'rm-corporate', 'rm-retail']) {
    const { data } = await hr.GET('/scorecards/{scorecard}/versions/{number}', { params: { path: { scorecard, number: 1 } } })
    await hr.PUT('/scorecards/{scorecard}/draft', { params: { path: { scorecard } }, body: { definition: { ...data?.definition, perspectives } } })
    await hr.POST('/scorecards/{scorecard}/publish', { params: { path: { scorecard } } })
  }
}

/** What the server has of the reviews of a kind of user in a month: level and comment by staff number and item. */
export async function written(bank: Bank, kind: 'branchManager' | 'outletManager', period: string): Promise<Map<string, { level: string; comment: string; version: number }>> {
  const rater = await bank.as(kind)
  const { data } = await rater.GET('/periods/{period}/review-grid', { params: { path: { period }, query: { limit: 200 } } })
  return new Map(data?.rows.flatMap((row) => row.cells.map((cell) => [`${cell.staff_no} ${cell.item}`, cell] as const)))
}
