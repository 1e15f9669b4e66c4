import { useSearchParams } from 'react-router';
import { Demo, DemoChannel } from './DemoScreen.tsx';
import { LiveInterrupt } from './LiveInterrupt.tsx';
import { Remote } from './Remote.tsx';

/** `/demo`, and `/demo?remote` for the presenter's hand. What really happens on the server's live channel interrupts it. */
export default function ServedDemoScreen() {
  const isRemote = useSearchParams()[0].has('remote');
  return <DemoChannel>{isRemote ? <Remote /> : <Demo interrupt={LiveInterrupt} />}</DemoChannel>;
}
