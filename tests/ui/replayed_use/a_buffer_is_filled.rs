use divvy::par_for;

struct Disk;

impl Disk {
    fn read_into(&mut self, at: usize, buffer: &mut Vec<u8>) {
        buffer.push(at as u8);
    }
}

#[par_for(replay(disk))]
fn load(disk: &mut Disk, out: &mut [u8]) {
    for i in 0..out.len() {
        let mut buffer = Vec::new();
        disk.read_into(i, &mut buffer);
        out[i] = buffer[0];
    }
}

fn main() {}
