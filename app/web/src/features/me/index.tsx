export { HistoryPage } from './history-page'
export { ScorecardPage } from './scorecard-page'
export { WhatIfPage } from './what-if-page'
