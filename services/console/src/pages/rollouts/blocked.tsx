import { Link } from 'wouter';
import { addressOf, type Told } from '../../ask/questions.ts';
import { useAnswer } from '../../ask/use-answer.ts';
import { useViewer } from '../../ask/viewer.ts';
import { amount } from '../../parts/amounts.ts';
import { Card } from '../../parts/card.tsx';
import { Download } from '../../parts/download.tsx';
import { Answer, Empty } from '../../parts/state.tsx';
import { Table } from '../../parts/table.tsx';
import { addDays, minute } from '../../time/london.ts';

/** Of which alerts count; the page shows none of them. */
const DAYS = 28;
const SHOWN = 10;

/** Devices on which firmware failed: a rollout's, or any. */
export function Blocked({ rollout, to }: { rollout?: { id: string; version: string }; to: string }) {
  const asked = { ...(rollout && { rollout: rollout.id }), from: addDays(to, -DAYS), to };
  const blocked = useAnswer('blocked', asked);
  const { questions } = useViewer();
  return (
    <Card
      title="Blocked devices"
      about={`Their download or activation of ${rollout?.version ?? 'firmware'} failed, and has not succeeded since`}
      action={
        blocked.data &&
        blocked.data.devices.length > 0 && (
          <Download
            address={addressOf(questions.blocked!, asked)}
            file={`${rollout ? `${rollout.id}-` : ''}blocked-${to}.csv`}
          >
            Download blocked devices
          </Download>
        )
      }
    >
      <Answer what="blocked devices" of={blocked}>
        {({ devices }) =>
          devices.length === 0 ? (
            <Empty>
              {rollout
                ? 'None are blocked from it. Rollouts lists those of any firmware.'
                : 'None are blocked.'}
            </Empty>
          ) : (
            <List devices={devices} to={to} />
          )
        }
      </Answer>
    </Card>
  );
}

function List({ devices, to }: Pick<Told['blocked'], 'devices'> & { to: string }) {
  return (
    <>
      <p className="about">
        {amount(devices.length)}
        {devices.length > SHOWN && `; the first ${SHOWN} are shown, the download has all`}
      </p>
      <Table
        caption="Blocked devices"
        columns={[
          {
            name: 'Device',
            cell: ({ device }) => <Link href={`/devices/${device}?to=${to}`}>{device}</Link>,
          },
          { name: 'Firmware', cell: ({ firmware, version }) => `${firmware || '?'} → ${version || '?'}` },
          { name: 'Why', cell: ({ phase, reason }) => `${phase}: ${reason.replaceAll('-', ' ')}` },
          { name: 'Since (London)', cell: ({ failedAt }) => minute(failedAt) },
        ]}
        rows={devices.slice(0, SHOWN)}
        keyOf={({ device }) => device}
      />
    </>
  );
}
