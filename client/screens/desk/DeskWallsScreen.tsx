import { DeskFrame } from './DeskFrame.tsx';
import { ExercisePanel } from './ExercisePanel.tsx';
import { WallTable } from './WallTable.tsx';

/** `/desk/walls`: what the walls show and how they do, and what is exercised. */
export default function DeskWallsScreen() {
  return <DeskFrame><div className="desk-page"><WallTable /><ExercisePanel /></div></DeskFrame>;
}
