import { Navigate, type RouteObject, createBrowserRouter } from 'react-router'
import { Loading } from '@/components/states'
import { Broken } from '@/shell/boundary'
import { Shell } from '@/shell/shell'
import { NotFound } from './not-found'
import { groups } from './pages'

/** The pages behind the sign-in; each comes with its own part of the program when it is opened. */
const pages: RouteObject[] = [
  { index: true, element: <Navigate to="/home" replace /> },
  { path: 'home', lazy: async () => ({ Component: (await import('@/features/home')).HomePage }) },
  { path: 'periods', lazy: async () => ({ Component: (await import('@/features/periods')).PeriodsPage }) },
  { path: 'periods/:period', lazy: async () => ({ Component: (await import('@/features/periods')).CockpitPage }) },
  { path: 'runs', lazy: async () => ({ Component: (await import('@/features/runs')).RunsPage }) },
  { path: 'runs/compare', lazy: async () => ({ Component: (await import('@/features/runs')).ComparePage }) },
  { path: 'results', lazy: async () => ({ Component: (await import('@/features/results')).ResultsPage }) },
  { path: 'me/scorecard', lazy: async () => ({ Component: (await import('@/features/me')).ScorecardPage }) },
  { path: 'me/scorecard/what-if', lazy: async () => ({ Component: (await import('@/features/me')).WhatIfPage }) },
  { path: 'me/history', lazy: async () => ({ Component: (await import('@/features/me')).HistoryPage }) },
  { path: 'team/reviews', lazy: async () => ({ Component: (await import('@/features/review-grid')).ReviewsPage }) },
  { path: 'me/settings', lazy: async () => ({ Component: (await import('@/features/settings')).SettingsPage }) },
  { path: '*', element: <NotFound /> },
]

/** The address book. */
export const router = createBrowserRouter([
  { path: '/sign-in', errorElement: <Broken />, hydrateFallbackElement: <Loading />, lazy: async () => ({ Component: (await import('@/shell/sign-in')).SignInPage }) },
  {
    path: '/',
    element: <Shell groups={groups} />,
    hydrateFallbackElement: <Loading />,
    children: [{ errorElement: <Broken />, children: pages }],
  },
])
