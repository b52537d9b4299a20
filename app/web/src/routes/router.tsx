import { Navigate, createBrowserRouter } from 'react-router'
import { Shell } from '@/shell/shell'
import { SignInPage } from '@/shell/sign-in'
import { NotFound } from './not-found'
import { groups } from './pages'

/** The address book of the pages; each comes with its own part of the program when it is opened. */
export const router = createBrowserRouter([
  { path: '/sign-in', element: <SignInPage /> },
  {
    path: '/',
    element: <Shell groups={groups} />,
    children: [
      { index: true, element: <Navigate to="/home" replace /> },
      { path: 'home', lazy: async () => ({ Component: (await import('@/features/home')).HomePage }) },
      { path: 'periods', lazy: async () => ({ Component: (await import('@/features/periods')).PeriodsPage }) },
      { path: 'periods/:period', lazy: async () => ({ Component: (await import('@/features/periods')).CockpitPage }) },
      { path: 'runs', lazy: async () => ({ Component: (await import('@/features/runs')).RunsPage }) },
      { path: 'runs/compare', lazy: async () => ({ Component: (await import('@/features/runs')).ComparePage }) },
      { path: 'results', lazy: async () => ({ Component: (await import('@/features/results')).ResultsPage }) },
      { path: '*', element: <NotFound /> },
    ],
  },
])
