import { useLocation, useParams } from 'wouter';
import { PageOfPeriod } from '../../layout/page-of-period.tsx';
import { Empty } from '../../parts/state.tsx';
import { Device } from './device.tsx';
import { deviceOf, pathOf } from './path.ts';
import './devices.css';

/** One device, found by its id. */
export function Devices() {
  const { device: part } = useParams<{ device?: string }>();
  const device = part && deviceOf(part);
  const [, go] = useLocation();
  const find = (form: FormData) => go(pathOf(String(form.get('device')).trim()) + location.search);
  return (
    <PageOfPeriod
      name={device ? `Device ${device}` : 'Devices'}
      about="What a device is, what became of it, and why its alerts can or can’t be stopped."
    >
      {(period) => (
        <>
          <search>
            <form action={find} className="find">
              <label>
                <span>Device id (EUI-64)</span>
                <input
                  key={device}
                  name="device"
                  defaultValue={device}
                  required
                  placeholder="00-00-00-00-00-00-20-00"
                  spellCheck={false}
                />
              </label>
              <button type="submit" className="primary">
                Find
              </button>
            </form>
          </search>
          {device ? (
            <Device device={device} period={period} />
          ) : (
            <Empty>Give a device’s id, as alerts and lists of devices have it.</Empty>
          )}
        </>
      )}
    </PageOfPeriod>
  );
}
