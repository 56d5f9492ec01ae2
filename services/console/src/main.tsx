// Before the pages', whose own rules hold over these.
import './style/base.css';
import './style/layout.css';
import './style/forms.css';
import './style/cards.css';
import './style/figures.css';
import './style/states.css';

import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Router } from 'wouter';
import { App } from './app.tsx';
import { AskFailed } from './ask/problem.ts';

const queries = new QueryClient({
  defaultOptions: { queries: { refetchOnWindowFocus: false } },
  queryCache: new QueryCache({
    // A token that holds no longer is told of by whatever is asked first: who asks is then asked anew.
    onError: (error, { queryKey: [of] }) => {
      if (error instanceof AskFailed && error.problem.status === 401 && of !== 'me')
        void queries.invalidateQueries({ queryKey: ['me'] });
    },
  }),
});

createRoot(document.getElementById('console')!).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <Router base="/console">
        <App />
      </Router>
    </QueryClientProvider>
  </StrictMode>,
);
