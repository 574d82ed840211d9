// The kernels in C: sequential as gcc compiles it, and with OpenMP.
//
// Reads requests "KERNEL SIZE VERSION CALLS" line by line (VERSION 0: sequential, 1: OpenMP) and answers each with the
// nanoseconds of all calls and with the result. Inputs and kernels are those of the Rust files of the same names.
#include <omp.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef uint64_t u64;
typedef uint32_t u32;

static u64 state;
static u64 next_random(void) {
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return state * 0x2545f4914f6cdd1dULL;
}
static void seed(void) { state = 0x9e3779b97f4a7c15ULL; }
static double next_float(void) { return (double)(next_random() >> 11) / (double)(1ULL << 52) - 1.0; }

// ---- fib
static u64 fib(u32 n) {
    if (n < 2) return n;
    return fib(n - 1) + fib(n - 2);
}
static u64 fib_tasks(u32 n) {
    if (n <= 20) return fib(n);
    u64 a, b;
#pragma omp task shared(a)
    a = fib_tasks(n - 1);
    b = fib_tasks(n - 2);
#pragma omp taskwait
    return a + b;
}
static double run_fib(size_t n, int omp) {
    if (!omp) return (double)fib((u32)n);
    u64 answer;
#pragma omp parallel
#pragma omp single
    answer = fib_tasks((u32)n);
    return (double)answer;
}

// ---- queens
static u64 queens(u32 all, u32 columns, u32 left, u32 right) {
    if (columns == all) return 1;
    u64 ways = 0;
    u32 free_squares = all & ~(columns | left | right);
    while (free_squares) {
        u32 square = free_squares & -free_squares;
        free_squares ^= square;
        ways += queens(all, columns | square, (left | square) << 1, (right | square) >> 1);
    }
    return ways;
}
static u64 queens_tasks(u32 all, u32 columns, u32 left, u32 right, int levels) {
    if (levels == 0 || columns == all) return queens(all, columns, left, right);
    u64 ways[32] = {0}, sum = 0;
    int count = 0;
    u32 free_squares = all & ~(columns | left | right);
    while (free_squares) {
        u32 square = free_squares & -free_squares;
        free_squares ^= square;
        u64 *place = &ways[count++];
#pragma omp task firstprivate(square, place)
        *place = queens_tasks(all, columns | square, (left | square) << 1, (right | square) >> 1, levels - 1);
    }
#pragma omp taskwait
    for (int i = 0; i < count; i++) sum += ways[i];
    return sum;
}
static double run_queens(size_t n, int omp) {
    u32 all = (1u << n) - 1;
    if (!omp) return (double)queens(all, 0, 0, 0);
    u64 answer;
#pragma omp parallel
#pragma omp single
    answer = queens_tasks(all, 0, 0, 0, n < 9 ? 0 : 3);
    return (double)answer;
}

// ---- unbalanced tree search
static u64 mix(u64 x) {
    x += 0x9e3779b97f4a7c15ULL;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
    return x ^ (x >> 31);
}
static u32 children(u64 node, u32 levels) {
    if (levels == 0) return 0;
    return (u32)__builtin_ctzll(node | 1ULL << 32) + (u32)__builtin_clzll(node | 1ULL << 31);
}
static u64 uts(u64 node, u32 levels) {
    u64 nodes = 1;
    for (u32 child = 0, n = children(node, levels); child < n; child++) nodes += uts(mix(node + child), levels - 1);
    return nodes;
}
static u64 uts_tasks(u64 node, u32 levels, u32 cutoff) {
    if (levels <= cutoff) return uts(node, levels);
    u64 nodes[64], sum = 1;
    u32 n = children(node, levels);
    for (u32 child = 0; child < n; child++) {
        u64 *place = &nodes[child];
#pragma omp task firstprivate(child, place)
        *place = uts_tasks(mix(node + child), levels - 1, cutoff);
    }
#pragma omp taskwait
    for (u32 child = 0; child < n; child++) sum += nodes[child];
    return sum;
}
static double run_uts(size_t n, int omp) {
    u64 root = 0xfffffff0ULL;
    if (!omp) return (double)uts(root, (u32)n);
    u64 answer;
#pragma omp parallel
#pragma omp single
    answer = uts_tasks(root, (u32)n, 10);
    return (double)answer;
}

// ---- merge sort
static void merge(u32 *v, size_t n, size_t middle) {
    u32 *left = malloc(middle * sizeof *left);
    memcpy(left, v, middle * sizeof *left);
    size_t i = 0, j = middle, at = 0;
    while (i < middle && j < n) {
        if (v[j] < left[i]) v[at++] = v[j++];
        else v[at++] = left[i++];
    }
    memcpy(v + at, left + i, (middle - i) * sizeof *left);
    free(left);
}
static void merge_sort(u32 *v, size_t n) {
    if (n < 2) return;
    merge_sort(v, n / 2);
    merge_sort(v + n / 2, n - n / 2);
    merge(v, n, n / 2);
}
static void merge_sort_tasks(u32 *v, size_t n) {
    if (n <= 1 << 15) {
        merge_sort(v, n);
        return;
    }
#pragma omp task
    merge_sort_tasks(v, n / 2);
    merge_sort_tasks(v + n / 2, n - n / 2);
#pragma omp taskwait
    merge(v, n, n / 2);
}

// ---- loops
static u64 sum_of_squares(const u64 *xs, size_t n, int omp) {
    u64 sum = 0;
    if (omp) {
#pragma omp parallel for reduction(+ : sum)
        for (size_t i = 0; i < n; i++) sum += xs[i] * xs[i];
    } else {
        for (size_t i = 0; i < n; i++) sum += xs[i] * xs[i];
    }
    return sum;
}
static double dot(const double *xs, const double *ys, size_t n, int omp) {
    double sum = 0;
    if (omp) {
#pragma omp parallel for reduction(+ : sum)
        for (size_t i = 0; i < n; i++) sum += xs[i] * ys[i];
    } else {
        for (size_t i = 0; i < n; i++) sum += xs[i] * ys[i];
    }
    return sum;
}
static u64 collatz_steps(u64 x) {
    u64 steps = 0;
    while (x != 1) {
        x = x % 2 == 0 ? x / 2 : 3 * x + 1;
        steps++;
    }
    return steps;
}
static u64 collatz(size_t n, int omp) {
    u64 most = 0;
    if (omp) {
#pragma omp parallel for reduction(max : most) schedule(guided)
        for (size_t i = 1; i <= n; i++) {
            u64 steps = collatz_steps(i);
            if (steps > most) most = steps;
        }
    } else {
        for (size_t i = 1; i <= n; i++) {
            u64 steps = collatz_steps(i);
            if (steps > most) most = steps;
        }
    }
    return most;
}
static u32 escape(double re, double im) {
    double x = 0, y = 0;
    u32 steps = 0;
    while (x * x + y * y <= 4.0 && steps < 200) {
        double t = x * x - y * y + re;
        y = 2.0 * x * y + im;
        x = t;
        steps++;
    }
    return steps;
}
static void mandelbrot_row(u32 *row, size_t side, size_t y) {
    for (size_t x = 0; x < side; x++)
        row[x] = escape((double)x / (double)side * 3.0 - 2.0, (double)y / (double)side * 2.0 - 1.0);
}
static void mandelbrot(u32 *out, size_t side, int omp) {
    if (omp) {
#pragma omp parallel for schedule(dynamic)
        for (size_t y = 0; y < side; y++) mandelbrot_row(out + y * side, side, y);
    } else {
        for (size_t y = 0; y < side; y++) mandelbrot_row(out + y * side, side, y);
    }
}
static void product(double *out, const double *a, const double *x, size_t side, int omp) {
    if (omp) {
#pragma omp parallel for
        for (size_t i = 0; i < side; i++) {
            double sum = 0;
            for (size_t j = 0; j < side; j++) sum += a[i * side + j] * x[j];
            out[i] = sum;
        }
    } else {
        for (size_t i = 0; i < side; i++) {
            double sum = 0;
            for (size_t j = 0; j < side; j++) sum += a[i * side + j] * x[j];
            out[i] = sum;
        }
    }
}

// ---- inputs, kept for as long as requests are for the same kernel and size
static char made[32];
static size_t made_size;
static void *first, *second, *third;

static void make(const char *kernel, size_t n) {
    if (!strcmp(kernel, made) && n == made_size) return;
    free(first), free(second), free(third);
    first = second = third = NULL;
    snprintf(made, sizeof made, "%s", kernel);
    made_size = n;
    seed();
    if (!strcmp(kernel, "sum_of_squares")) {
        u64 *xs = first = malloc(n * sizeof *xs);
        for (size_t i = 0; i < n; i++) xs[i] = next_random() % 1000;
    } else if (!strcmp(kernel, "dot")) {
        double *xs = first = malloc(n * sizeof *xs), *ys = second = malloc(n * sizeof *ys);
        for (size_t i = 0; i < n; i++) xs[i] = next_float(), ys[i] = xs[i] * 0.7 + 0.1;
    } else if (!strcmp(kernel, "merge_sort")) {
        u32 *unsorted = first = malloc(n * sizeof *unsorted);
        second = malloc(n * sizeof *unsorted);
        for (size_t i = 0; i < n; i++) unsorted[i] = (u32)(next_random() >> 32);
    } else if (!strcmp(kernel, "mandelbrot")) {
        first = calloc(n * n, sizeof(u32));
    } else if (!strcmp(kernel, "dense")) {
        double *a = first = malloc(n * n * sizeof *a), *x = second = malloc(n * sizeof *x);
        third = calloc(n, sizeof *x);
        for (size_t i = 0; i < n * n; i++) a[i] = next_float();
        for (size_t i = 0; i < n; i++) x[i] = a[i] + 0.5;
    }
}

static double call(const char *kernel, size_t n, int omp) {
    if (!strcmp(kernel, "fib")) return run_fib(n, omp);
    if (!strcmp(kernel, "queens")) return run_queens(n, omp);
    if (!strcmp(kernel, "uts")) return run_uts(n, omp);
    if (!strcmp(kernel, "sum_of_squares")) return (double)sum_of_squares(first, n, omp);
    if (!strcmp(kernel, "dot")) return dot(first, second, n, omp);
    if (!strcmp(kernel, "collatz")) return (double)collatz(n, omp);
    if (!strcmp(kernel, "mandelbrot")) {
        mandelbrot(first, n, omp);
        return ((u32 *)first)[n * n / 2];
    }
    if (!strcmp(kernel, "dense")) {
        product(third, first, second, n, omp);
        return ((double *)third)[n - 1];
    }
    if (!strcmp(kernel, "merge_sort")) {
        if (omp) {
#pragma omp parallel
#pragma omp single
            merge_sort_tasks(second, n);
        } else {
            merge_sort(second, n);
        }
        return ((u32 *)second)[n / 2];
    }
    fprintf(stderr, "no kernel %s\n", kernel);
    exit(1);
}

static u64 now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (u64)t.tv_sec * 1000000000ULL + (u64)t.tv_nsec;
}

int main(void) {
    char kernel[32];
    size_t n, calls;
    int omp;
    while (scanf("%31s %zu %d %zu", kernel, &n, &omp, &calls) == 4) {
        make(kernel, n);
        if (omp) { // the threads are there before the time is taken
#pragma omp parallel
            { sched_yield(); }
        }
        volatile double answer = 0;
        u64 total = 0;
        if (!strcmp(kernel, "merge_sort")) {
            for (size_t i = 0; i < calls; i++) {
                memcpy(second, first, n * sizeof(u32));
                u64 then = now();
                answer = call(kernel, n, omp);
                total += now() - then;
            }
        } else {
            u64 then = now();
            for (size_t i = 0; i < calls; i++) answer = call(kernel, n, omp);
            total = now() - then;
        }
        if (omp) omp_pause_resource_all(omp_pause_hard); // idle threads spin; the next contender shall not feel it
        printf("%llu %.17g\n", (unsigned long long)total, answer);
        fflush(stdout);
    }
    return 0;
}
