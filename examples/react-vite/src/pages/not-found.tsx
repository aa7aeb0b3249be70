import { Link } from '../router.tsx';

/** For paths that name no page. */
export function NotFoundPage() {
  return (
    <section className="centre">
      <h1>There is no such page</h1>
      <p>
        Go to <Link to="/">tonight’s play</Link>.
      </p>
    </section>
  );
}
