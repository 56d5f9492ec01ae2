import { Link } from 'wouter';
import { Title } from './title.tsx';

export function NotFound() {
  return (
    <>
      <Title name="There is no such page" about="Or not for your role." />
      <Link href="/">To the overview</Link>
    </>
  );
}
