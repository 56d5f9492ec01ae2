import { Link } from 'wouter';
import { addressOf } from '../../ask/questions.ts';
import { useAnswer } from '../../ask/use-answer.ts';
import { useViewer } from '../../ask/viewer.ts';
import { amount, percent } from '../../parts/amounts.ts';
import { Card } from '../../parts/card.tsx';
import { Download } from '../../parts/download.tsx';
import { Answer } from '../../parts/state.tsx';
import { Table } from '../../parts/table.tsx';
import { minute } from '../../time/london.ts';

const SHOWN = 10;

/** Devices that fell silent after they took it: deaf rather than quiet. */
export function Silent({ rollout, to }: { rollout: string; to: string }) {
  const asked = { rollout, to };
  const silent = useAnswer('silent', asked);
  const { questions } = useViewer();
  return (
    <Card
      title="Silent devices"
      about="Activated, and not heard of since"
      action={
        silent.data &&
        silent.data.devices.length > 0 && (
          <Download address={addressOf(questions.silent!, asked)} file={`${rollout}-silent.csv`}>
            Download silent devices
          </Download>
        )
      }
    >
      <Answer what="silent devices" of={silent}>
        {({ devices, reading, rate: { activated, control } }) => (
          <>
            <p>{reading}</p>
            <p className="about">
              {amount(activated.silent)} of {amount(activated.of)} activated
              {activated.low !== null &&
                activated.high !== null &&
                ` (95%: ${percent(activated.low)} to ${percent(activated.high)})`}
              {control && `, against ${amount(control.silent)} of ${amount(control.of)} others`}
            </p>
            {devices.length > 0 && (
              <Table
                caption="Silent devices"
                columns={[
                  {
                    name: 'Device',
                    cell: ({ device }) => <Link href={`/devices/${device}?to=${to}`}>{device}</Link>,
                  },
                  { name: 'Last heard (London)', cell: ({ lastHeardAt }) => minute(lastHeardAt) },
                  { name: 'Days silent', number: true, cell: ({ daysSilent }) => amount(daysSilent) },
                ]}
                rows={devices.slice(0, SHOWN)}
                keyOf={({ device }) => device}
              />
            )}
          </>
        )}
      </Answer>
    </Card>
  );
}
