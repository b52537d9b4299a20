export { CockpitPage } from './cockpit'
export { PeriodsPage } from './period-list'
