import { Demo, DemoChannel } from './DemoScreen.tsx';

/** The replay by itself: no server, so no other screen to move and no live channel to hear from. */
export default function StaticDemoScreen() {
  return <DemoChannel><Demo /></DemoChannel>;
}
