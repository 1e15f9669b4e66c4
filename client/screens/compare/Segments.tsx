import { Label, Radio, RadioGroup } from 'react-aria-components';

interface SegmentsProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly choices: readonly { readonly id: T; readonly name: string }[];
  readonly onChoose: (id: T) => void;
}

/** One of a few, all in sight. */
export function Segments<T extends string>({ label, value, choices, onChoose }: SegmentsProps<T>) {
  return (
    <RadioGroup className="compare-segments" value={value} orientation="horizontal" onChange={(chosen) => {
      const choice = choices.find(({ id }) => id === chosen);
      if (choice !== undefined) onChoose(choice.id);
    }}>
      <Label className="compare-segmentsLabel">{label}</Label>
      <div className="compare-segmentsBox">{choices.map(({ id, name }) => <Radio key={id} value={id} className="compare-segment">{name}</Radio>)}</div>
    </RadioGroup>
  );
}
