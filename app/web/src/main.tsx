import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { RouterProvider } from 'react-router'
import { queries } from './lib/api'
import { whoAmI } from './lib/session'
import { Theme } from './lib/theme'
import { router } from './routes/router'
import './style.css'

const root = document.getElementById('root')
if (!root) throw new Error('the page has no root')
// Who is signed in is asked while the page's part of the program comes; before the sign-in nobody is.
if (!/^\/(sign-in|password)\b/.test(window.location.pathname)) void queries.prefetchQuery(whoAmI)
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <Theme>
        <RouterProvider router={router} />
      </Theme>
    </QueryClientProvider>
  </StrictMode>,
)
