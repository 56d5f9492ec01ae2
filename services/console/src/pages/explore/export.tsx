import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { type Asked, addressOf } from '../../ask/questions.ts';
import { type Form, type Saved, saveExport } from '../../ask/save-export.ts';
import { useViewer } from '../../ask/viewer.ts';
import { amount } from '../../parts/amounts.ts';
import { Card } from '../../parts/card.tsx';
import { Choice } from '../../parts/choice.tsx';
import { Failed } from '../../parts/state.tsx';
import type { Period } from '../../time/period.ts';
import { CLASSES, type Class } from './classes.ts';

const NAMES: Readonly<Record<Form, string>> = {
  csv: 'CSV, all rows',
  parquet: 'Parquet, all rows',
  html: 'Summary page (HTML)',
};

/** Saves all that is asked above as a file, of a class that says how far it may go. */
export function Export({ asked, period }: { asked: Asked['volume']; period: Period }) {
  const { party } = useViewer();
  const [of, setClass] = useState<Class>('amber');
  const [form, setForm] = useState<Form>('csv');
  const { limit: _, ...all } = asked;
  const address = addressOf('/v1/exports/volume', { ...all, class: of } as Record<string, string>);
  const saving = useMutation({
    mutationFn: () => saveExport(address, form, `volume-${of}-${period.from}-to-${period.to}`),
  });
  // The nation's is made by those alone who see all of it.
  const offered = Object.entries(CLASSES).filter(([name]) => name !== 'white' || party === null);
  return (
    <Card
      title="Export"
      about="Everything that is asked above, however many rows, as a file with a class"
      wide
    >
      <div className="choices">
        <Choice
          label="Class"
          value={of}
          of={Object.fromEntries(offered.map(([name, { whom }]) => [name, whom]))}
          choose={(name) => setClass(name as Class)}
        />
        <Choice label="Form" value={form} of={NAMES} choose={(name) => setForm(name as Form)} />
        <button type="button" className="primary" onClick={() => saving.mutate()} disabled={saving.isPending}>
          {saving.isPending ? 'Exporting …' : 'Export'}
        </button>
      </div>
      <p className="note">{CLASSES[of].leavesOut}</p>
      {saving.error && <Failed error={saving.error} />}
      <p role="status" className="saved">
        {saving.data && <SavedAs {...saving.data} />}
      </p>
    </Card>
  );
}

const SavedAs = ({ file, rows, sha256 }: Saved) => (
  <>
    Saved <b>{file}</b>
    {rows !== undefined && `, ${amount(rows)} ${rows === 1 ? 'row' : 'rows'}`}
    {sha256 !== undefined && (
      <>
        , SHA-256 <code>{sha256}</code>
      </>
    )}
  </>
);
