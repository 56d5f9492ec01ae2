import { Route, Switch, useLocation, useSearch } from 'wouter';
import { AskFailed } from './ask/problem.ts';
import { useMe, ViewerContext } from './ask/viewer.ts';
import { Boundary } from './layout/boundary.tsx';
import { Header } from './layout/header.tsx';
import { NotFound } from './layout/not-found.tsx';
import { offered } from './pages/pages.ts';
import { Failed, Loading } from './parts/state.tsx';
import { SignIn } from './sign-in/sign-in.tsx';

/** The page that the address names, for whoever is signed in. */
export function App() {
  const { data: viewer, error } = useMe();
  const [path] = useLocation();
  const search = useSearch();
  if (error instanceof AskFailed && error.problem.status === 401) return <SignIn />;
  if (!viewer)
    return <main className="page">{error ? <Failed error={error} /> : <Loading what="the console" />}</main>;
  const pages = offered(viewer);
  return (
    <ViewerContext value={viewer}>
      <a className="skip" href="#page">
        Skip to the page
      </a>
      <Header pages={pages} viewer={viewer} />
      <main className="page" id="page" tabIndex={-1}>
        <Boundary at={`${path}?${search}`}>
          <Switch>
            {pages.flatMap(({ paths, page: Page }) =>
              paths.map((path) => (
                <Route key={path} path={path}>
                  <Page />
                </Route>
              )),
            )}
            <Route>
              <NotFound />
            </Route>
          </Switch>
        </Boundary>
      </main>
    </ViewerContext>
  );
}
