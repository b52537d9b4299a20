export { StaffPage } from './staff-page'
export { UnitsPage } from './units-page'
