import type { Told } from '../../ask/questions.ts';
import { amount, signed } from '../../parts/amounts.ts';
import { Empty } from '../../parts/state.tsx';

type Effect = Told['rollout']['effects'][number];
type Known = Effect & { readonly estimate: number; readonly low: number; readonly high: number };

/** An effect on HANs that is no other than that on the devices themselves, as of what nothing else there raises, isn't told again. */
export const withoutTwice = (effects: readonly Effect[]): readonly Effect[] =>
  effects.filter(
    ({ code, scope, estimate, low, high }) =>
      scope === 'device' ||
      !effects.some(
        (own) =>
          own.scope === 'device' &&
          own.code === code &&
          own.estimate === estimate &&
          own.low === low &&
          own.high === high,
      ),
  );

const known = (effect: Effect): effect is Known =>
  effect.estimate !== null && effect.low !== null && effect.high !== null;

/** Each effect with its interval, on one scale, with what it means beside it. */
export function Effects({
  effects,
  label,
  none,
}: {
  effects: readonly Effect[];
  label: string;
  none: string;
}) {
  if (effects.length === 0) return <Empty>{none}</Empty>;
  const reach =
    Math.max(...effects.filter(known).flatMap(({ low, high }) => [Math.abs(low), Math.abs(high)]), 0) || 1;
  return (
    <>
      <ul className="effects" aria-label={label}>
        {effects.map((effect) => (
          <li key={effect.code + effect.scope} data-effect={`${effect.code} ${effect.scope}`}>
            <h3>
              {effect.code}{' '}
              <small>{effect.scope === 'han' ? 'on their HANs' : 'on the devices themselves'}</small>
            </h3>
            {known(effect) ? (
              <Measured effect={effect} reach={reach} />
            ) : (
              <p className="note">{effect.refused}</p>
            )}
            {effect.warning && <p className="warning">{effect.warning}</p>}
          </li>
        ))}
      </ul>
      {effects.some(known) && (
        <p className="axis scale">
          Bars reach from {signed(-reach)} to {signed(reach)} alerts a day; the dashed line is none.
        </p>
      )}
    </>
  );
}

function Measured({ effect, reach }: { effect: Known; reach: number }) {
  const { estimate, low, high, before, activated, controls, avoidedPerDay, scope, pAdjusted } = effect;
  const at = (value: number) => 100 + (95 * value) / reach;
  return (
    <>
      <p className="estimate">
        <Value of={estimate} strong />{' '}
        <span className="note">
          <Value of={low} /> to <Value of={high} /> alerts a day per {scope === 'han' ? 'HAN' : 'device'}
          {before !== null && `, of ${Number(before.toPrecision(3))} before`}
        </span>
      </p>
      <svg className="interval" viewBox="0 0 200 16" aria-hidden="true">
        <line x1="100" x2="100" y1="0" y2="16" className="zero" />
        <line x1={at(low)} x2={at(high)} y1="8" y2="8" className="range" />
        <circle cx={at(estimate)} cy="8" r="3.5" />
      </svg>
      <p className="note">
        {amount(activated)} activated against {amount(controls)} others of the model, of the whole network
        {pAdjusted !== null && pAdjusted >= 0.05 && '; among so many tests it may be chance'}
        {pAdjusted === null &&
          avoidedPerDay &&
          `; ${amount(avoidedPerDay.value)} alerts a day avoided (${amount(avoidedPerDay.low)} to ${amount(avoidedPerDay.high)})`}
      </p>
    </>
  );
}

/** As it is read, and to machines as it is. */
function Value({ of, strong = false }: { of: number; strong?: boolean }) {
  return (
    <data value={of} className={strong ? 'strong' : undefined}>
      {signed(of)}
    </data>
  );
}
