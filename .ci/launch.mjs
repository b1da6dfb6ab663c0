#!/usr/bin/env node
/**
 * The commands of package.json: `npm start`, `npm test` and the rest. Plain Node without dependencies: they bring everything else. Each part
 * of the set-up is skipped when it is done already, so a second start adds less than a second.
 */
import * as commands from './commands.mjs';
import { diskReason } from './disk.mjs';
import { Failure, Misuse } from './failures.mjs';
import { PACKAGE_HELP } from './package-targets.mjs';

const HELP = `Schedville 调度村

  npm start                 set everything up and open the app
  npm start -- FILE         open a scenario or lesson file (.yaml) or a trace
  npm start -- --window     insist on a window (without a display: an error)
  npm start -- --export DIR play the first lesson and write pictures and its trace into DIR
      also: --lesson ID  --lang zh|en  --theme light|dark|projector  --size 1366x768
            --user-data-dir DIR (settings of its own)
            pictures: --views village,runtime,machine,timeline,text  --steps 1,3-5  --format png|svg  --scale 1..4  --paper window|slide|a4
                      --theme print  --transparent
                      --events syscall: every step of the first run with an event of that kind instead (program, schedule, threads,
                      syscall, wait, sysmon, timers, stop, c, end)
            --handout: hand-outs of the lesson instead (PDF, HTML, PPTX)   --contact-sheet: two pictures of every lesson
            --play: the lesson as one HTML file that plays instead   --scorm: SCORM packages, too   --range 3-7: only its steps 3 to 7
            --play FILE: the same for a scenario or a trace   --range 100-400: steps 100 to 400 of its run
            --film webm|gif: a film of the first run instead   --range 10-40  --height 360|540|720|1080  --per-step 1|2|4|8  --step-ms 200|400|800|1500|3000
  npm test                  set everything up and run every check
  npm test -- TEXT          only those checks whose name contains TEXT (e2e, unit, lint, types, format)
  npm test -- unit FILE     one file of tests; npm test -- e2e keys -g 'space bar': those of keys.spec.ts with that name
  npm run dev               the app, renewed as its sources change: the page at once, the main process by a new start
      also: --inspect=PORT  --remoteDebuggingPort=PORT   for debuggers of the main process and of the page
  npm run soak              the laws over random scenarios and damaged files for every reader, until stopped; what fails is left as a file
  npm run soak -- fuzz      only the damaged files
  npm run bench             start-up and model speed, as ratios within one run
  npm run bench -- TEXT --strict   only rows with TEXT in their names; fails when one misses its limit; --keep writes them into FIGURES.md
  npm run sheet -- DIR FILE…       pictures of scenarios in every look, and sheets of them side by side; --before DIR: beside earlier ones
  npm run package           packages for this system into dist/, and what each other one needs; --test starts them as their users would
  npm run compare -- JUDGE         the model held against something real (kernel: this machine's Linux; asm, go, costs, trace: Go); --seed N  --count N
  npm run sim -- --help     the model on the command line

Without a display, npm start plays the first lesson by itself under Xvfb and writes into exports/.
Environment: ELECTRON_OVERRIDE_DIST_PATH names a folder with an Electron distribution to use.
`;

/** Of commands that have more to say than fits there. */
const HELP_OF = { package: PACKAGE_HELP };

const [command = 'start', ...args] = process.argv.slice(2);
const isKnown = Object.hasOwn(commands, command);
if (args.includes('--help') || args.includes('-h') || !isKnown) {
  console.log(isKnown && Object.hasOwn(HELP_OF, command) ? HELP_OF[command] : HELP);
  process.exitCode = isKnown ? 0 : 2;
} else {
  try {
    process.exitCode = await commands[command](args);
  } catch (error) {
    const isTold = error instanceof Failure || error instanceof Misuse;
    // Of the system's own errors, those that a person can mend.
    const reason = isTold ? error.message : error?.syscall === undefined ? null : diskReason(String(error));
    console.error(reason === null ? error : `\n${reason}`);
    if (error instanceof Misuse)
      console.error(`npm ${Object.hasOwn(HELP_OF, command) ? `run ${command}` : 'start'} -- --help lists what there is.`);
    process.exitCode = error instanceof Misuse ? 2 : 1;
  }
}
