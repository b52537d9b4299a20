export { PrintInterviewPage, PrintScorecardPage } from './scorecard'
export { PrintTeamPage } from './team'
