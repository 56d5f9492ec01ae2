import { Link } from 'wouter';
import { addressOf } from '../../ask/questions.ts';
import { useAnswer } from '../../ask/use-answer.ts';
import { useViewer } from '../../ask/viewer.ts';
import { amount } from '../../parts/amounts.ts';
import { Card } from '../../parts/card.tsx';
import { Download } from '../../parts/download.tsx';
import { Answer, Empty } from '../../parts/state.tsx';
import { Table } from '../../parts/table.tsx';
import { minute } from '../../time/london.ts';
import type { Period } from '../../time/period.ts';

const SHOWN = 10;

/** Devices on which a firmware failed and has not succeeded since, those of this rollout's first. */
export function Blocked(props: {
  readonly period: Period;
  readonly manufacturer: string;
  readonly model: string;
  readonly version: string;
}) {
  const { period, manufacturer, model, version } = props;
  const blocked = useAnswer('blocked', period);
  const { questions } = useViewer();
  return (
    <Card
      title="Blocked devices"
      about="Their download or activation failed, and has not succeeded since"
      action={
        blocked.data &&
        blocked.data.devices.length > 0 && (
          <Download address={addressOf(questions.blocked!, { ...period })} file={`blocked-${period.to}.csv`}>
            Download blocked devices
          </Download>
        )
      }
    >
      <Answer what="blocked devices" of={blocked}>
        {({ devices }) => {
          const own = devices.filter(
            (one) => one.manufacturer === manufacturer && one.model === model && one.version === version,
          );
          return (
            <>
              <p className="about">
                {amount(own.length)} from this firmware, {amount(devices.length)} from any
                {devices.length > SHOWN && `; the first ${SHOWN} are shown, the download has all`}
              </p>
              {devices.length === 0 ? (
                <Empty>None are blocked.</Empty>
              ) : (
                <Table
                  caption="Blocked devices"
                  columns={[
                    {
                      name: 'Device',
                      cell: ({ device }) => <Link href={`/devices/${device}?to=${period.to}`}>{device}</Link>,
                    },
                    { name: 'Firmware that failed', cell: ({ model, version }) => `${model} ${version}` },
                    { name: 'Why', cell: ({ phase, reason }) => `${phase}: ${reason.replaceAll('-', ' ')}` },
                    { name: 'Since (London)', cell: ({ failedAt }) => minute(failedAt) },
                  ]}
                  rows={[...own, ...devices.filter((one) => !own.includes(one))].slice(0, SHOWN)}
                  keyOf={({ device }) => device}
                />
              )}
            </>
          );
        }}
      </Answer>
    </Card>
  );
}
