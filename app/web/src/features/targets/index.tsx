export { TargetsPage } from './targets-page'
