export { AssignmentsPage } from './assignments-page'
export { CoveragePage } from './coverage-page'
