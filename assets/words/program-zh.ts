/** 装好的程序在终端里说的话。 */
export default {
  help: `调度村 Schedville：把 Go 的调度器和系统调用演成一个村子。

  schedville                     打开窗口
  schedville [--open] 文件       打开情景、轨迹、一课的 lesson.yaml，或者一课的文件夹
  schedville --lesson hunting    从这一课开始
  schedville schedville://…      去链接说的地方

窗口：
  --lang zh|en   --theme light|dark|projector   --size 1366x768   只管这一次
  --portable           数据放在程序旁边的 schedville-data 里（U 盘）
  --user-data-dir 文件夹   数据放在这里

不开窗口，写进一个文件夹就结束（0：写好了；1：没写成）：
  --export 文件夹      第一课（或 --lesson）的图片和轨迹
      --views village,runtime,machine,timeline,text   --steps 1,3-5   --format png|svg   --scale 1…4
      --paper window|slide|a4   --theme print   --transparent
      --events syscall：改成第一次运行里每一件这种事的那一步
      （program schedule threads syscall wait sysmon timers stop c end）
  --export 文件夹 --handout         讲义：PDF、网页、幻灯片
  --export 文件夹 --contact-sheet   全部课程的总览
  --export 文件夹 --play [--scorm] [--range 3-7]   会动的网页，SCORM 包
  --export 文件夹 --film webm|gif [--range 10-40] [--height 360|540|720|1080] [--per-step 1|2|4|8] [--step-ms 200|400|800|1500|3000]

  --help   --version

退出码：0 做完了，1 没做成，2 命令写错了。Chromium 的开关（如 --disable-gpu）照样能用；会让别人看进来的，装好的程序一概不认。`,
  noSwitch: '没有 {name} 这个开关{guess}。',
  takesNoValue: '{name} 后面不写值，这里写了 {found}。',
  lacksValue: '{name} 后面要写{wanted}。',
  wrongValue: '{name} 应该是{wanted}，这里是 {found}。',
  goesWith: '{name} 要和 {others} 一起用。',
  seeHelp: '有哪些开关：schedville --help',
  refused: '装好的程序不认 {name}：它会让别人看进来，或者关掉保护。',
  isOpen: '调度村已经开着：它的窗口到前面来了。',
  noDisplay:
    '这里没有桌面（没有 DISPLAY，也没有 WAYLAND_DISPLAY），做讲义和图片也要用到它。请在桌面上的终端里运行，或者在前面加上 xvfb-run -a。',
  noFile: '没有这个文件，打不开：',
  written: {
    pictures: '{n} 张图片和轨迹写进了 {folder}',
    handouts: '{n} 份讲义写进了 {folder}',
    pages: '{n} 个会动的网页写进了 {folder}',
    films: '{n} 部影片写进了 {folder}',
  },
  wanted: {
    folder: '一个文件夹',
    file: '一个情景（.yaml）、轨迹或课的文件',
    lesson: '一课的代号，如 hunting',
    language: ' zh 或 en',
    theme: ' light、dark 或 projector，图片还可以是 print',
    size: '宽和高，如 1366x768',
    format: ' png 或 svg',
    scale: ' 1、2、3 或 4',
    views: ' village,runtime,machine,timeline,text 里的几个',
    steps: '讲解的号码，从小到大，如 1,3-5',
    events: ' program、schedule、threads、syscall、wait、sysmon、timers、stop、c 或 end',
    paper: ' window、slide 或 a4',
    range: '两个数，小的在前，如 3-7',
    film: ' webm 或 gif',
    height: ' 360、540、720 或 1080',
    perStep: ' 1、2、4 或 8',
    stepMs: ' 200、400、800、1500 或 3000',
  },
} as const;
