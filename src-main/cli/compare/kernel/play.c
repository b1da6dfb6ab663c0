// Makes the system calls of a file of sequences (linux.ts says how they are written), each sequence in a process of its own: in a fresh folder
// as its root, a network and a mount table of its own, with descriptors 0, 1, 2 on a terminal and 3 on /etc/motd. Prints one line a call.
// A call that does not come back is interrupted by a signal; one that even then stays is ended with its process.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <net/if.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MAX_CALLS = 256, MAX_SLOTS = 1024, MAX_POINTERS = 64, SHOWN = 4096, PAGE = 4096 };
#define INTERRUPT 63
#define PATIENCE_MS 30

struct place { char kind; int64_t value; int index; };
struct slot { size_t length; unsigned char *bytes, *address; int npointers; struct { int at; struct place to; } pointers[MAX_POINTERS]; };
struct call { long nr; int nargs, first, nslots, nwatched, watched[64]; struct place args[6]; };
struct shared { volatile int at, interrupted; volatile long result[MAX_CALLS]; volatile int done[MAX_CALLS]; char text[MAX_CALLS][24000]; };

static struct slot slots[MAX_SLOTS];
static struct call calls[MAX_CALLS];
static int nslots, ncalls;
static struct shared *shared;
static int terminal;

static void fail(const char *what) { perror(what); exit(3); }

static struct place read_place(char *text) {
  struct place p = { text[0], 0, 0 };
  char *end;
  if (p.kind == 'n') p.value = (int64_t)strtoull(text + 1, NULL, 0);
  else { p.index = strtol(text + 1, &end, 10); p.value = strtoll(end, NULL, 10); }
  return p;
}

static uint64_t value_of(struct place p) {
  if (p.kind == 'n') return p.value;
  if (p.kind == 'm') return (uint64_t)slots[p.index].address + p.value;
  return (uint64_t)shared->result[p.index] + p.value;
}

// Each slot begins on a page of its own, with a page behind it that nobody may touch.
static void make_slot(struct slot *s) {
  size_t pages = (s->length + PAGE - 1) / PAGE * PAGE;
  if (pages == 0) pages = PAGE;
  unsigned char *p = mmap(NULL, pages + PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (p == MAP_FAILED) _exit(3);
  mprotect(p + pages, PAGE, PROT_NONE);
  memcpy(p, s->bytes, s->length);
  s->address = p;
  for (int i = 0; i < s->npointers; i++) {
    uint64_t v = value_of(s->pointers[i].to);
    memcpy(p + s->pointers[i].at, &v, 8);
  }
}

static void show(char *out, struct call *c, unsigned char before[][SHOWN]) {
  for (int i = 0; i < c->nwatched; i++) {
    struct slot *s = &slots[c->watched[i]];
    size_t n = s->length < SHOWN ? s->length : SHOWN;
    *out++ = ' ';
    if (syscall(SYS_mincore, s->address, PAGE, (unsigned char[16]){0}) != 0 || memcmp(before[i], s->address, n) == 0) *out++ = '=';
    else for (size_t k = 0; k < n && k < 512; k++) out += sprintf(out, "%02x", s->address[k]);
  }
  *out = 0;
}

static void nothing(int signal) { (void)signal; shared->interrupted = shared->at; }

static void play(void) {
  static unsigned char before[64][SHOWN];
  for (int i = 0; i < ncalls; i++) {
    struct call *c = &calls[i];
    for (int k = 0; k < c->nslots; k++) make_slot(&slots[c->first + k]);
    for (int k = 0; k < c->nwatched; k++) {
      struct slot *s = &slots[c->watched[k]];
      memcpy(before[k], s->address, s->length < SHOWN ? s->length : SHOWN);
    }
    uint64_t a[6] = { 0 };
    for (int k = 0; k < c->nargs; k++) a[k] = value_of(c->args[k]);
    shared->at = i + 1;
    long r = syscall(c->nr, a[0], a[1], a[2], a[3], a[4], a[5]);
    if (r == -1) r = -errno;
    shared->at = 0;
    shared->result[i] = r;
    show(shared->text[i], c, before);
    shared->done[i] = shared->interrupted == i + 1 && r == -EINTR ? 2 : 1;
  }
  _exit(0);
}

static void put(const char *path, const char *text) {
  int fd = open(path, O_CREAT | O_WRONLY, 0644);
  if (fd < 0 || write(fd, text, strlen(text)) < 0) _exit(3);
  close(fd);
}

static void loopback(void) {
  struct ifreq up = { .ifr_name = "lo" };
  int fd = socket(AF_INET, SOCK_DGRAM, 0);
  if (fd >= 0 && ioctl(fd, SIOCGIFFLAGS, &up) == 0) { up.ifr_flags |= IFF_UP; ioctl(fd, SIOCSIFFLAGS, &up); }
  close(fd);
}

// Files are lines "F path text" of the input's head, already in memory.
struct file { char *path, *text; };
static struct file files[32];
static int nfiles;

static void begin(const char *root) {
  if (setsid() < 0 || unshare(CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS) != 0) fail("unshare (this judge needs to be root)");
  if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0) fail("mount");
  loopback();
  char name[64];
  if (ptsname_r(terminal, name, sizeof name) != 0) fail("terminal");
  int in = open(name, O_RDONLY | O_NOCTTY), out = open(name, O_WRONLY | O_NOCTTY), err = open(name, O_WRONLY | O_NOCTTY);
  if (setgroups(1, (gid_t[]){ 0 }) != 0 || chmod(name, 0620) != 0 || chown(name, 0, 0) != 0) fail("setgroups");
  umask(022);
  if (chdir(root) != 0 || chroot(root) != 0) fail("chroot");
  mkdir("/tmp", 0755);
  for (int i = 0; i < nfiles; i++) {
    char path[256];
    snprintf(path, sizeof path, "%s", files[i].path);
    for (char *p = path + 1; *p; p++) if (*p == '/') { *p = 0; mkdir(path, 0755); *p = '/'; }
    put(path, files[i].text);
  }
  int motd = open("/etc/motd", O_RDWR);
  dup2(in, 200); dup2(out, 201); dup2(err, 202); dup2(motd, 203);
  for (int i = 0; i < 200; i++) close(i);
  for (int i = 0; i < 4; i++) dup2(200 + i, i);
  for (int i = 200; i < 1024; i++) close(i);
  struct rlimit most = { 1024, 4096 };
  setrlimit(RLIMIT_NOFILE, &most);
  signal(SIGPIPE, SIG_IGN);
  struct sigaction act = { .sa_handler = nothing };
  sigaction(INTERRUPT, &act, NULL);
  prctl(PR_SET_TIMERSLACK, 1);
  // Whoever measures may have been told to be nice.
  setpriority(PRIO_PROCESS, 0, 0);
}

static void run(int number, const char *folder) {
  char root[512];
  snprintf(root, sizeof root, "%s/%d", folder, number);
  if (mkdir(root, 0755) != 0) fail(root);
  memset((void *)shared, 0, sizeof *shared);
  fflush(stdout);
  pid_t pid = fork();
  if (pid == 0) { begin(root); play(); }
  int last = -1, waited = 0, tries = 0, status;
  while (waitpid(pid, &status, WNOHANG) == 0) {
    usleep(300);
    char seen[8192];
    while (read(terminal, seen, sizeof seen) > 0) continue;
    int at = shared->at;
    if (at != last || at == 0) { last = at; waited = tries = 0; continue; }
    if (++waited < PATIENCE_MS * 3) continue;
    waited = 0;
    kill(pid, ++tries > 4 ? SIGKILL : INTERRUPT);
  }
  printf("S %d\n", number);
  for (int i = 0; i < ncalls; i++) {
    if (!shared->done[i]) { printf("gone\n"); break; }
    if (shared->done[i] == 2) printf("blocks%s\n", shared->text[i]);
    else printf("%ld%s\n", shared->result[i], shared->text[i]);
  }
}

static unsigned char nibble(char c) { return c <= '9' ? c - '0' : c - 'a' + 10; }

int main(int argc, char **argv) {
  if (argc != 2) return 2;
  shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  terminal = posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK);
  if (shared == MAP_FAILED || terminal < 0 || grantpt(terminal) != 0 || unlockpt(terminal) != 0) fail("setting up");
  char *line = NULL;
  size_t room = 0;
  int number = 0;
  while (getline(&line, &room, stdin) > 0) {
    line[strcspn(line, "\n")] = 0;
    char *word = strtok(line, " ");
    if (word == NULL) continue;
    if (word[0] == 'F') {
      char *path = strtok(NULL, " "), *hex = strtok(NULL, " ");
      size_t n = hex ? strlen(hex) / 2 : 0;
      char *text = calloc(n + 1, 1);
      for (size_t i = 0; i < n; i++) text[i] = nibble(hex[2 * i]) << 4 | nibble(hex[2 * i + 1]);
      files[nfiles++] = (struct file){ strdup(path), text };
    } else if (word[0] == 'M') {
      struct slot *s = &slots[nslots++];
      if (nslots > MAX_SLOTS) return 4;
      s->length = strtoul(strtok(NULL, " "), NULL, 10);
      s->bytes = calloc(s->length + 1, 1);
      s->npointers = 0;
      char *hex = strtok(NULL, " ");
      if (hex != NULL && hex[0] != '-')
        for (size_t i = 0; hex[2 * i]; i++) s->bytes[i] = nibble(hex[2 * i]) << 4 | nibble(hex[2 * i + 1]);
      for (char *at; (at = strtok(NULL, " ")) != NULL && s->npointers < MAX_POINTERS; s->npointers++) {
        s->pointers[s->npointers].at = atoi(at);
        s->pointers[s->npointers].to = read_place(strtok(NULL, " "));
      }
    } else if (word[0] == 'C') {
      struct call *c = &calls[ncalls++];
      if (ncalls > MAX_CALLS) return 4;
      memset(c, 0, sizeof *c);
      c->nr = strtol(strtok(NULL, " "), NULL, 10);
      c->nslots = strtol(strtok(NULL, " "), NULL, 10);
      c->first = nslots - c->nslots;
      for (char *p; (p = strtok(NULL, " ")) != NULL;) {
        if (p[0] == 'w') c->watched[c->nwatched++] = atoi(p + 1);
        else c->args[c->nargs++] = read_place(p);
      }
    } else if (word[0] == 'E') {
      run(number++, argv[1]);
      for (int i = 0; i < nslots; i++) free(slots[i].bytes);
      nslots = ncalls = 0;
    }
  }
  return 0;
}
