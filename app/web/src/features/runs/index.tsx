export { ComparePage } from './compare-page'
export { RunsPage } from './runs-page'
