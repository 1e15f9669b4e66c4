import { AlarmsPage } from './alarms/AlarmsPage.tsx';
import { DeskFrame } from './DeskFrame.tsx';

/** `/desk`: the operator's alarms. */
export default function DeskScreen() {
  return <DeskFrame><AlarmsPage /></DeskFrame>;
}
