import { Link } from 'wouter';
import type { Told } from '../../ask/questions.ts';
import { useAnswer } from '../../ask/use-answer.ts';
import { Card } from '../../parts/card.tsx';
import { Answer } from '../../parts/state.tsx';
import { longDay, minute } from '../../time/london.ts';
import type { Period } from '../../time/period.ts';
import { Alerts } from './alerts.tsx';
import { pathOf } from './path.ts';
import { TimeLine } from './time-line.tsx';

export function Device({ device, period }: { device: string; period: Period }) {
  const told = useAnswer('device', { device, ...period });
  return (
    <Answer what="the device" of={told}>
      {(told) => (
        <div className="cards">
          <div className="column">
            <About told={told} />
            <Han told={told} period={period} />
          </div>
          <div className="column">
            <TimeLine history={told.history} />
          </div>
          <Alerts alerts={told.alerts} />
        </div>
      )}
    </Answer>
  );
}

const words = (text: string) => text.replaceAll('-', ' ');

function BlockedFrom({ version, phase, reason, failedAt }: NonNullable<Told['device']['blocked']>) {
  return (
    <p className="warning">
      Blocked since {minute(failedAt)}: {phase} of firmware {version || '(not told which)'} failed
      {reason && `, ${words(reason)}`}, and has not succeeded since.
    </p>
  );
}

function About({ told }: { told: Told['device'] }) {
  const facts = {
    Kind: told.kind,
    Model: `${told.manufacturer} ${told.model}`,
    Firmware: told.firmware,
    Region: told.region,
    Supplier: told.supplier,
    'Gas supplier': told.gasSupplier,
    'Network operator': told.networkOperator,
    'HAN state': told.hanState,
    Credentials: told.credentials,
    Installed: told.installedAt && longDay(told.installedAt),
    Decommissioned: told.decommissionedAt && longDay(told.decommissionedAt),
  };
  return (
    <Card title="What it is">
      {told.blocked && <BlockedFrom {...told.blocked} />}
      <dl className="facts">
        {Object.entries(facts)
          .filter(([, value]) => value)
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </Card>
  );
}

function Han({ told, period }: { told: Told['device']; period: Period }) {
  if (told.han.length === 0) return null;
  return (
    <Card title="On its HAN">
      <ul className="han">
        {told.han.map(({ device, kind, model, firmware }) => (
          <li key={device}>
            <Link href={`${pathOf(device)}?${new URLSearchParams({ ...period })}`}>{device}</Link>
            <span className="note">
              {kind} {model} {firmware}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
