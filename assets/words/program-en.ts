import type { Translation } from './phrase';
import type zh from './program-zh';

/** What the installed program says in a terminal. */
export default {
  help: `Schedville: Go's scheduler and system calls, played as a village.

  schedville                     opens the window
  schedville [--open] FILE       opens a scenario, a trace, a lesson's lesson.yaml or its folder
  schedville --lesson hunting    begins with this lesson
  schedville schedville://...    goes where the link says

The window:
  --lang zh|en   --theme light|dark|projector   --size 1366x768   for this time only
  --portable            data in schedville-data beside the program (a USB stick)
  --user-data-dir DIR   data in here

Without a window, written into a folder (0: written; 1: not):
  --export DIR         pictures and the trace of the first lesson, or of --lesson
      --views village,runtime,machine,timeline,text   --steps 1,3-5   --format png|svg   --scale 1..4
      --paper window|slide|a4   --theme print   --transparent
      --events syscall: every step of the first run with such an event instead
      (program schedule threads syscall wait sysmon timers stop c end)
  --export DIR --handout         hand-outs: PDF, HTML, slides
  --export DIR --contact-sheet   an overview of all lessons
  --export DIR --play [--scorm] [--range 3-7]   a page that plays, SCORM packages
  --export DIR --film webm|gif [--range 10-40] [--height 360|540|720|1080] [--per-step 1|2|4|8] [--step-ms 200|400|800|1500|3000]

  --help   --version

Exit status: 0 done, 1 failed, 2 bad usage. Chromium's switches, such as --disable-gpu, work as ever; an installed program refuses those that
would let others in.`,
  noSwitch: 'There is no switch {name}{guess}.',
  takesNoValue: '{name} takes no value, found {found}.',
  lacksValue: '{name} needs {wanted}.',
  wrongValue: '{name} should be {wanted}, found {found}.',
  goesWith: '{name} goes with {others}.',
  seeHelp: 'schedville --help lists all switches.',
  refused: '{name} is refused by an installed program: it would let others in, or switch off what protects it.',
  isOpen: 'Schedville is open already: its window is in front now.',
  noDisplay:
    'There is no desktop here (neither DISPLAY nor WAYLAND_DISPLAY is set); hand-outs and pictures need one, too. Run this in a terminal on the desktop, or put xvfb-run -a before it.',
  noFile: 'There is no such file: ',
  written: {
    pictures: '{n} {n:picture|pictures} and the trace were written into {folder}',
    handouts: '{n} {n:hand-out|hand-outs} {n:was|were} written into {folder}',
    pages: '{n} {n:page|pages} that {n:plays|play} {n:was|were} written into {folder}',
    films: '{n} {n:film|films} {n:was|were} written into {folder}',
  },
  wanted: {
    folder: 'a folder',
    file: 'a scenario (.yaml), a trace or a lesson',
    lesson: 'the id of a lesson, such as hunting',
    language: 'zh or en',
    theme: 'light, dark or projector, or print for pictures',
    size: 'width and height, such as 1366x768',
    format: 'png or svg',
    scale: '1, 2, 3 or 4',
    views: 'some of village,runtime,machine,timeline,text',
    steps: 'numbers of lesson steps, the smaller first, such as 1,3-5',
    events: 'program, schedule, threads, syscall, wait, sysmon, timers, stop, c or end',
    paper: 'window, slide or a4',
    range: 'two numbers, the smaller first, such as 3-7',
    film: 'webm or gif',
    height: '360, 540, 720 or 1080',
    perStep: '1, 2, 4 or 8',
    stepMs: '200, 400, 800, 1500 or 3000',
  },
} as const satisfies Translation<typeof zh>;
