import type { Told } from '../../ask/questions.ts';
import { Card } from '../../parts/card.tsx';
import { Empty } from '../../parts/state.tsx';
import { minute } from '../../time/london.ts';

type Event = Told['device']['history'][number];

const SHOWN = 60;

/** What became of it, the newest first. */
export function TimeLine({ history }: { history: readonly Event[] }) {
  return (
    <Card title="Its story" about="What was told of it, the newest first; times in London">
      {history.length === 0 ? (
        <Empty>Nothing was ever told of it.</Empty>
      ) : (
        <ol className="time-line">
          {history.slice(0, SHOWN).map((event, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: an event may be told twice
            <li key={i} className={event.event}>
              <time dateTime={event.at}>{minute(event.at)}</time>
              <b>{event.event.replaceAll('-', ' ')}</b>
              <span className="note">{whatOf(event)}</span>
            </li>
          ))}
        </ol>
      )}
      {history.length > SHOWN && <p className="note">And {history.length - SHOWN} earlier ones.</p>}
    </Card>
  );
}

function whatOf({ source, version, phase, reason, code, setting, via, firmware, hanState }: Event): string {
  return [
    version && `firmware ${version}`,
    phase,
    reason.replaceAll('-', ' '),
    code && `${code} set ${setting}${via && ` by ${via}`}`,
    firmware !== null && firmware !== version && `runs ${firmware}`,
    hanState && `HAN ${hanState}`,
    source === 'device' && 'by its own word',
  ]
    .filter(Boolean)
    .join(', ');
}
