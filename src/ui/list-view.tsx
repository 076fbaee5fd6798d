// The list on the screen: lines in their regions, and the cursor. Draws, and decides nothing.

import { Box, Text, useCursor, useStdout } from 'ink';
import { memo, type ReactNode, useInsertionEffect } from 'react';
import {
  bodyLines,
  cursorOf,
  footerLines,
  headerLines,
  helpView,
  type ListLook,
  panelView,
  titleLines,
} from './list-lines.ts';
import { helpHeight, listRegions } from './list-state.ts';
import { tableColumns } from './session-table.ts';

/** Home, for the cursor may be anywhere when the alternate screen is entered; and pastes told from keys. */
const enterSequence = '\x1b[H\x1b[?2004h';
const leaveSequence = '\x1b[?2004l';

export function ListView(look: ListLook): ReactNode {
  const { state, home } = look;
  useTerminalModes();
  const regions = listRegions(state);
  const { setCursorPosition } = useCursor();
  setCursorPosition(cursorOf(look, regions));
  const columns = tableColumns(state, home);
  return (
    <Box flexDirection="column" width={state.size.cols} height={state.size.rows} overflow="hidden">
      <Lines lines={headerLines(look)} height={regions.header} />
      {state.mode.kind === 'help' ? (
        <Lines lines={helpView(look, state.mode.top)} height={helpHeight(state)} />
      ) : (
        <>
          <Lines lines={titleLines(look, columns)} height={regions.titles} />
          <Lines lines={bodyLines(look, columns)} height={regions.body} />
          <Lines lines={panelView(look)} height={regions.panel} />
        </>
      )}
      <Lines lines={footerLines(look, regions)} height={regions.footer} />
    </Box>
  );
}

/** Sets what Ink does not. Insertion effects run after Ink entered its screen and before it draws the first frame. */
function useTerminalModes(): void {
  const { stdout } = useStdout();
  useInsertionEffect(() => {
    stdout.write(enterSequence);
    return () => void stdout.write(leaveSequence);
  }, [stdout]);
}

/** `height` lines; what is missing is blank. */
function Lines({ lines, height }: { lines: readonly string[]; height: number }): ReactNode {
  return Array.from({ length: height }, (_, row) => {
    // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place on the screen
    return <Line key={row} text={lines[row] || ' '} />;
  });
}

const Line = memo(function Line({ text }: { text: string }): ReactNode {
  return <Text wrap="truncate">{text}</Text>;
});
