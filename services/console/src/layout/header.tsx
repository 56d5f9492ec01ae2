import { Link, useRoute } from 'wouter';
import type { Viewer } from '../ask/viewer.ts';
import icon from '../icon.svg';
import type { PageOf } from '../pages/pages.ts';
import { SignOut } from '../sign-in/sign-out.tsx';

export function Header({ pages, viewer }: { pages: readonly PageOf[]; viewer: Viewer }) {
  const { role, party } = viewer;
  return (
    <header className="top">
      <Link href="/" className="brand">
        <img src={icon} alt="" width="28" height="28" />
        Tocsin
      </Link>
      <nav aria-label="Pages">
        <ul>
          {pages
            .filter(({ name }) => name !== '')
            .map(({ name, paths }) => (
              <Entry key={name} name={name} path={paths[0]!} />
            ))}
        </ul>
      </nav>
      <p className="viewer">
        <span>{role.replace('-', ' ')}</span> <b>{party ?? 'all parties'}</b> <SignOut />
      </p>
    </header>
  );
}

function Entry({ name, path }: { name: string; path: string }) {
  const [here] = useRoute(path);
  const [below] = useRoute(`${path}/*`);
  return (
    <li>
      <Link href={path} aria-current={here || (path !== '/' && below) ? 'page' : undefined}>
        {name}
      </Link>
    </li>
  );
}
