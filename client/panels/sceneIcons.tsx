import { FileCheck, type LucideIcon, ShieldAlert, Waypoints } from 'lucide-react';

export type SceneId = 'connectivity' | 'security' | 'dossiers';
export const SCENES: readonly SceneId[] = ['connectivity', 'security', 'dossiers'];

const ICONS: Readonly<Record<SceneId, LucideIcon>> = { connectivity: Waypoints, security: ShieldAlert, dossiers: FileCheck };

export function SceneIcon({ scene }: { readonly scene: SceneId }) {
  const Icon = ICONS[scene];
  return <Icon className="sceneIcon" aria-hidden="true" strokeWidth={1.9} />;
}
