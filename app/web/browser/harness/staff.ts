import type { Bank } from './bank'
import { every } from './every'

/** Who stays at one place all along, with that place; without HR's administrator, who brings in nothing about themselves. */
export async function stayers(bank: Bank): Promise<{ staff_no: string; unit: string }[]> {
  const hr = await bank.as('hrAdmin')
  const staff = await every((query) => hr.GET('/staff', { params: { query } }))
  return staff
    .filter(({ staff_no, assignments: [only, ...others] }) => staff_no !== bank.account('hrAdmin').username && only?.state === 'active' && !only.to && others.length === 0)
    .map(({ staff_no, assignments }) => ({ staff_no, unit: assignments[0]?.unit ?? '' }))
}
