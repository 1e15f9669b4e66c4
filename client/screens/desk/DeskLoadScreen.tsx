import { DeskFrame } from './DeskFrame.tsx';
import { LoadPage } from './load/LoadPage.tsx';

/** `/desk/load`: how much there was to take in. */
export default function DeskLoadScreen() {
  return <DeskFrame><LoadPage /></DeskFrame>;
}
