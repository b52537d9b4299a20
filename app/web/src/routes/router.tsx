import { Navigate, type RouteObject, createBrowserRouter } from 'react-router'
import { Loading } from '@/components/states'
import { Broken } from '@/shell/boundary'
import { Shell } from '@/shell/shell'
import { NotFound } from './not-found'
import { actions, groups } from './pages'

/** The pages behind the sign-in; each comes with its own part of the program when it is opened. */
const pages: RouteObject[] = [
  { index: true, element: <Navigate to="/home" replace /> },
  { path: 'home', lazy: async () => ({ Component: (await import('@/features/home')).HomePage }) },
  { path: 'periods', lazy: async () => ({ Component: (await import('@/features/periods')).PeriodsPage }) },
  { path: 'periods/:period', lazy: async () => ({ Component: (await import('@/features/periods')).CockpitPage }) },
  { path: 'runs', lazy: async () => ({ Component: (await import('@/features/runs')).RunsPage }) },
  { path: 'runs/compare', lazy: async () => ({ Component: (await import('@/features/runs')).ComparePage }) },
  { path: 'results', lazy: async () => ({ Component: (await import('@/features/results')).ResultsPage }) },
  { path: 'imports', lazy: async () => ({ Component: (await import('@/features/imports')).ImportsPage }) },
  { path: 'imports/new', lazy: async () => ({ Component: (await import('@/features/imports')).NewImportPage }) },
  { path: 'batches/:id', lazy: async () => ({ Component: (await import('@/features/imports')).BatchPage }) },
  { path: 'data', lazy: async () => ({ Component: (await import('@/features/data')).CoveragePage }) },
  { path: 'assignments', lazy: async () => ({ Component: (await import('@/features/data')).AssignmentsPage }) },
  { path: 'targets', lazy: async () => ({ Component: (await import('@/features/targets')).TargetsPage }) },
  { path: 'reviews', lazy: async () => ({ Component: (await import('@/features/progress')).ProgressPage }) },
  { path: 'users', lazy: async () => ({ Component: (await import('@/features/administration')).UsersPage }) },
  { path: 'grants', lazy: async () => ({ Component: (await import('@/features/administration')).GrantsPage }) },
  { path: 'roles', lazy: async () => ({ Component: (await import('@/features/administration')).RolesPage }) },
  { path: 'responsibilities', lazy: async () => ({ Component: (await import('@/features/administration')).ResponsibilitiesPage }) },
  { path: 'access', lazy: async () => ({ Component: (await import('@/features/administration')).AccessPage }) },
  { path: 'audit', lazy: async () => ({ Component: (await import('@/features/audit')).TrailPage }) },
  { path: 'audit/lineage', lazy: async () => ({ Component: (await import('@/features/audit')).LineagePage }) },
  { path: 'me/scorecard', lazy: async () => ({ Component: (await import('@/features/me')).ScorecardPage }) },
  { path: 'me/scorecard/what-if', lazy: async () => ({ Component: (await import('@/features/me')).WhatIfPage }) },
  { path: 'me/history', lazy: async () => ({ Component: (await import('@/features/me')).HistoryPage }) },
  { path: 'team/reviews', lazy: async () => ({ Component: (await import('@/features/review-grid')).ReviewsPage }) },
  { path: 'me/settings', lazy: async () => ({ Component: (await import('@/features/settings')).SettingsPage }) },
  { path: 'metric-library', lazy: async () => ({ Component: (await import('@/features/metrics')).MetricsPage }) },
  { path: 'rubrics', lazy: async () => ({ Component: (await import('@/features/rubrics')).RubricsPage }) },
  { path: 'scorecards', lazy: async () => ({ Component: (await import('@/features/scorecards')).ScorecardsPage }) },
  { path: 'scorecards/:code', lazy: async () => ({ Component: (await import('@/features/scorecards')).DesignerPage }) },
  { path: 'scorecards/:code/difference', lazy: async () => ({ Component: (await import('@/features/scorecards')).DifferencePage }) },
  { path: 'scorecards/:code/simulation', lazy: async () => ({ Component: (await import('@/features/scorecards')).SimulationPage }) },
  { path: 'staff', lazy: async () => ({ Component: (await import('@/features/people')).StaffPage }) },
  { path: 'units', lazy: async () => ({ Component: (await import('@/features/people')).UnitsPage }) },
  { path: 'jobs', lazy: async () => ({ Component: (await import('@/features/jobs')).JobsPage }) },
  { path: 'jobs/:id', lazy: async () => ({ Component: (await import('@/features/jobs')).JobPage }) },
  { path: 'help', lazy: async () => ({ Component: (await import('@/features/help')).HelpPage }) },
  { path: 'help/glossary', lazy: async () => ({ Component: (await import('@/features/help')).GlossaryPage }) },
  { path: 'help/shortcuts', lazy: async () => ({ Component: (await import('@/features/help')).ShortcutsPage }) },
  { path: 'team', lazy: async () => ({ Component: (await import('@/features/team')).TeamPage }) },
  { path: '*', element: <NotFound /> },
]

/** The address book. */
export const router = createBrowserRouter([
  { path: '/sign-in', errorElement: <Broken />, hydrateFallbackElement: <Loading />, lazy: async () => ({ Component: (await import('@/shell/sign-in')).SignInPage }) },
  { path: '/password', errorElement: <Broken />, hydrateFallbackElement: <Loading />, lazy: async () => ({ Component: (await import('@/shell/password')).PasswordPage }) },
  { path: '/print/scorecard/:period/:staff', errorElement: <Broken />, hydrateFallbackElement: <Loading />, lazy: async () => ({ Component: (await import('@/features/print')).PrintScorecardPage }) },
  { path: '/print/interview/:period/:staff', errorElement: <Broken />, hydrateFallbackElement: <Loading />, lazy: async () => ({ Component: (await import('@/features/print')).PrintInterviewPage }) },
  { path: '/print/team/:period', errorElement: <Broken />, hydrateFallbackElement: <Loading />, lazy: async () => ({ Component: (await import('@/features/print')).PrintTeamPage }) },
  {
    path: '/',
    element: <Shell groups={groups} actions={actions} />,
    hydrateFallbackElement: <Loading />,
    children: [{ errorElement: <Broken />, children: pages }],
  },
])
