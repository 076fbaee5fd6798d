// Every number that bounds something, with its unit and its reason. Nothing else may hold a bare limit.

/** History lines the emulator keeps above the screen. */
export const historyLines = 10_000;

/** History lines replayed into a terminal at attach, unless the setting `replay_lines` says otherwise. */
export const defaultReplayLines = 1_000;

/** Bytes of compressed long history that one session may keep on the disk, unless the settings say otherwise. */
export const defaultHistoryBytes = 64 * 1024 * 1024;

/** Bytes of one wire frame's body. A repaint of 10,000 wide coloured lines stays below; more is a broken peer. */
export const maxFrameBytes = 32 * 1024 * 1024;

/** Bytes of one frame of output: a client on a slow line shows the first while the next are under way. */
export const maxOutputFrameBytes = 256 * 1024;

/**
 * Bytes queued for a holder that keeps taking them: above `hold` the program is held up for it, below `resume` it goes on.
 * A viewer on the same machine then misses nothing of a flood that is faster than it.
 */
export const outputFlowBytes = { hold: 1024 * 1024, resume: 256 * 1024 } as const;

/** Milliseconds that the program is held up for its holder at a time: a viewer that takes longer is too slow to wait for. */
export const holdLimitMs = 250;

/** Milliseconds after which a holder that was too slow may hold the program up again. */
export const slowHolderMs = 5_000;

/** Bytes queued for a holder before it counts as behind and is resynced. Above any repaint's usual size, far below harm. */
export const maxQueuedOutputBytes = 4 * 1024 * 1024;

/** Milliseconds a question to a server may take before it counts as not answering. */
export const answerTimeoutMs = 1_000;

/** Milliseconds a new server may take from its start to its first answer. A cold, loaded machine needs about 1 s. */
export const startTimeoutMs = 10_000;

/** Milliseconds between SIGHUP and SIGKILL when a session is killed. */
export const killGraceMs = 2_000;

/** Milliseconds between looks at a dying process that is not our child: nothing tells us of its end. */
export const reapIntervalMs = 20;

/** Milliseconds `kill` waits for processes to vanish after SIGKILL: one in uninterruptible sleep may never do so. */
export const reapTimeoutMs = 5_000;

/** Milliseconds an escape that may start a detach key is held back for the rest of it. Below what a person feels. */
export const escapeHoldMs = 25;

/** Milliseconds at most between the status updates that a watching list gets from one session. */
export const statusIntervalMs = 250;

/** Bytes of a unix socket's path, without its terminating zero (sun_path: 108 on Linux, 104 on macOS). */
export const maxSocketPathBytes = 103;

/** Columns and rows of a session made where there is no terminal to ask. */
export const defaultSize = { cols: 80, rows: 24 } as const;

/** Columns or rows accepted at most; xterm allocates a full row for each. */
export const maxCells = 1_000;

/** Pixels of a terminal's width or height at most: the kernel keeps them in 16 bits. */
export const maxPixels = 65_535;

/** Characters (code points) of a session's name. */
export const maxNameLength = 64;

/** Milliseconds to wait for another process's short hold of the catalog's lock before giving up. */
export const lockTimeoutMs = 5_000;

/** Milliseconds between tries for a held lock. */
export const lockIntervalMs = 5;

/** Milliseconds a server whose program has ended stays for clients that have not yet read the program's last words. */
export const lastWordsMs = 60_000;

/** Bytes a client keeps for a slow terminal before it stops taking more from the server. */
export const maxUnwrittenBytes = 256 * 1024;

/** Milliseconds a leaving client waits for the server's last word, which it can do without. */
export const partingTimeoutMs = 250;

/** Milliseconds a line of ours is shown over a session unless a key is typed: long enough to read it. */
export const noticeMs = 3_000;

/** Milliseconds a terminal's size must rest before the program is told: one SIGWINCH for a whole drag of the window. */
export const resizeSettleMs = 40;

/** Milliseconds an attach waits for the server; a server that repaints a long history under load answers well within. */
export const attachTimeoutMs = 5_000;

/** Milliseconds without output after a program's end that count as the end of its output, and how long they are waited for. */
export const outputEndMs = { quiet: 30, atMost: 500 } as const;

/** Milliseconds the sessions' folder must rest before the list looks at it again: making a session touches it several times. */
export const feedSettleMs = 30;

/** Milliseconds a new session waits for whoever made it to attach, before its program is started all the same. */
export const firstHolderTimeoutMs = 3_000;

/** Milliseconds before another try to write to a full terminal, where the kernel would not wait for us. */
export const fullTerminalWaitMs = 2;

/** Milliseconds after a question of the program within which its holder's answer may still be under way. */
export const answerDueMs = 1_000;

/** Milliseconds a leaving client waits for answers that are under way; a slow line takes that long. */
export const lateAnswerTimeoutMs = 500;

/** Milliseconds a tool of the system (`loginctl`, `locale`, ...) may take before `doctor` goes on without it. */
export const toolTimeoutMs = 2_000;

/** Milliseconds `systemctl` may take to change something: it waits for the manager to read all its units again. */
export const changeTimeoutMs = 15_000;

/** Milliseconds a server's answer may take before `doctor` calls it slow: from there on a person feels it. */
export const slowAnswerMs = 100;

/** Free bytes of a disk below which `doctor` complains, and below which it mentions it. Some saved screens are a few MB. */
export const lowDiskBytes = { problem: 64 * 1024 * 1024, note: 512 * 1024 * 1024 } as const;

/** Milliseconds from a change of a session's screen until it is on its way to the disk: with scheduling, below 100. */
export const journalDelayMs = 60;

/** Milliseconds from there until the disk is told to keep it for good: with the disk's own time, below 1 s. */
export const journalSyncMs = 700;

/** Bytes of output journaled at a time, 2 MB/s; of more than that only the resulting screen is kept. */
export const maxJournaledBytes = 128 * 1024;

/** History lines kept with such a screen, at most: what a person may have read of a flood. */
export const floodHistoryLines = 300;

/** Bytes that such screens may cost the disk in a millisecond: larger ones are kept less often. */
export const floodBytesPerMs = 3_000;

/**
 * Length of a journal that calls for a new checkpoint: `times` the checkpoint's, which bounds what checkpoints cost, but no
 * less than `bytes`. `quietTimes` and `quietBytes` are the same for a session that has just become quiet.
 */
export const journalBound = { bytes: 1024 * 1024, times: 4, quietBytes: 64 * 1024, quietTimes: 0.25 } as const;

/** Milliseconds without output that count as quiet. */
export const quietMs = 2_000;

/** Milliseconds before another try to write to a disk that failed, doubled each time. */
export const diskRetryMs = { first: 1_000, atMost: 60_000 } as const;

/** Milliseconds that a server told to end gives its disk for the last checkpoint: whoever tells it waits for 1 s. */
export const lastCheckpointMs = 800;

/** Milliseconds that a session must live after its start for that start to count as a good one. */
export const steadyMs = 30_000;

/** Starts in a row that were not good ones, after which only a person starts the session again. */
export const maxShortLives = 5;

/** Milliseconds from a start that was not a good one to the next that nobody asks for by name; doubled each time. */
export const restartBackoffMs = 1_000;

/** Milliseconds by which the time of the last output may be out of date in the record of a session whose server was killed. */
export const outputTimeStepMs = 60_000;
