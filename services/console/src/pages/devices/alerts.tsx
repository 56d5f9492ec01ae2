import type { Told } from '../../ask/questions.ts';
import { SUPPRESSION } from '../../chart/theme.ts';
import { amount } from '../../parts/amounts.ts';
import { Card } from '../../parts/card.tsx';
import { Empty } from '../../parts/state.tsx';
import { Table } from '../../parts/table.tsx';
import { minute } from '../../time/london.ts';

const words = (text: string) => text.replaceAll('-', ' ');

export function Alerts({ alerts }: Pick<Told['device'], 'alerts'>) {
  return (
    <Card title="Its alerts in the period" about="And why each can or can’t be stopped" wide>
      {alerts.length === 0 ? (
        <Empty>It raised none in this period.</Empty>
      ) : (
        <Table
          caption="Alerts of the device"
          columns={[
            { name: 'Code', cell: ({ code }) => <b>{code}</b> },
            { name: 'Alerts', number: true, cell: ({ alerts }) => amount(alerts) },
            { name: 'Firmware', cell: ({ firmware }) => firmware },
            {
              name: 'Switch off',
              cell: ({ suppression, reason }) =>
                `${SUPPRESSION[suppression]?.name ?? suppression}: ${words(reason)}`,
            },
            { name: 'By whom', cell: ({ responsibleParty }) => responsibleParty || 'nobody' },
            {
              name: 'Firmware can',
              cell: ({ remedy, remedyReason }) =>
                [words(remedy), words(remedyReason)].filter(Boolean).join(': '),
            },
            { name: 'Last (London)', cell: ({ lastAt }) => minute(lastAt) },
          ]}
          rows={alerts}
          keyOf={({ code, firmware, suppression, reason, remedy, remedyReason }) =>
            [code, firmware, suppression, reason, remedy, remedyReason].join()
          }
        />
      )}
    </Card>
  );
}
